import { Router } from "express";
import { httpLog } from "../http-log.js";

export function accounts({ audit }) {
  const router = Router();
  router.post("/login", (request, response) => {
    const log = httpLog.child({ requestId: request.id });
    const { user, password } = request.body;
    log.debug("login is tried", { user, password });
    if (user === "mallory") {
      log.warn("login refused", { user });
      response.status(401).end();
    } else {
      audit.note(user, "login", request.body);
      response.status(204).end();
    }
  });
  return router;
}
