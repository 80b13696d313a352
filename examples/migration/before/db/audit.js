import { dbLog } from "../db-log.js";

const log = dbLog("db.audit");

export function note(user, action, body) {
  log.warn("%s by %s", action, user);
  log.debug("%s sent %O", user, { password: body.password });
}
