import { deprecate } from "node:util";

const old = deprecate(() => console.log("the old way"), "use the new way", "APP_DEP1");
old();
old();
process.emitWarning("and this too", "DeprecationWarning", "APP_DEP2");
console.log("done");
