import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";

console.log("uses nothing");
