import { Router } from "express";

export const accounts = Router();
const known = new Map([
  ["ada", 1815],
  ["grace", 1906],
]);

accounts.post("/login", (request, response) => {
  const { user, password } = request.body;
  request.log.info(`[winston:login:${request.id}] login attempt`, { user, password });
  request.log.debug(`[winston:login.query:${request.id}] looking the user up`);
  if (!known.has(user)) {
    request.log.warn(`[winston:login.unknown:${request.id}] unknown user`, {
      user,
      attempt: { password, from: "web" },
    });
    console.warn(`[console:login:${request.id}] unknown user`, user);
    response.status(401).json({ error: "unknown user" });
    return;
  }
  request.log.log("info", `[winston:login.ok:${request.id}] session for token=${request.body.token} opened`);
  response.json({ customer: known.get(user) });
});
