export { asNest, type NestLogger } from "./facade.ts";
export type { NestLevel } from "./levels.ts";
