export { flatJson } from "./flat.ts";
export { stringify } from "./json-text.ts";
export { loguruJson } from "./loguru-json.ts";
export { toPlain } from "./plain.ts";
