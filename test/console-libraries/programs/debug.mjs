// `debug` in the version that is asked for: levels, colours, times, own outputs, namespaces at run time.
import { interceptDebug } from "@logbridge/intercept-console";
import { say } from "../setting.mjs";

const [, , version, mode] = process.argv;
const { default: createDebug } = await import(version);

const lines = [];
const own = [];
createDebug.log = (...args) => lines.push(args.join(" "));
const early = createDebug("app:early");
const interception = interceptDebug(createDebug, { mode, levels: { "*:error": "ERROR", "app:w*": "WARNING" } });
early("unheard");
createDebug.enable("app:*");
const db = Object.assign(createDebug("app:db"), { useColors: true });
db("%s took %d ms: %O", "query", 3, { rows: [1, 2] });
createDebug("app:error")("failed: %s", "x", { id: 7 });
createDebug("app:warn")(new TypeError("refused"));
const loud = Object.assign(createDebug("app:loud"), { log: (...args) => own.push(args.join(" ")) });
loud("own output");
createDebug.disable();
createDebug("app:late")("unheard");
createDebug.enable("app:*");
interception.restore();
createDebug("app:db")("after restore");
say({ lines, own });
