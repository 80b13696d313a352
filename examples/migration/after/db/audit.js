import { dbLog } from "../log.js";

const log = dbLog.forModule("db.audit");

export function note(user, action, body) {
  log.warning("{} by {}", action, user);
  log.debug("{} sent {}", user, { password: body.password });
}
