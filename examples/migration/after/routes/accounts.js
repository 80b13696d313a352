import { Router } from "express";
import { httpLog } from "../log.js";

export function accounts({ audit }) {
  const router = Router();
  router.post("/login", (request, response) => {
    const log = httpLog.bind({ requestId: request.id });
    const { user, password } = request.body;
    log.debug("login is tried", { user, password });
    if (user === "mallory") {
      log.warning("login refused", { user });
      response.status(401).end();
    } else {
      audit.note(user, "login", request.body);
      response.status(204).end();
    }
  });
  return router;
}
