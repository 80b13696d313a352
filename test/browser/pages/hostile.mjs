// Values whose every trap throws: no script in a browser can tell a proxy before it is asked.
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";

const names = Object.getOwnPropertyNames(Reflect);
const refuse = (name) => () => {
  throw new Error(`trap ${name}`);
};
const proxyOf = (target) => new Proxy(target, Object.fromEntries(names.map((name) => [name, refuse(name)])));
const makes = [() => proxyOf({}), () => proxyOf([]), () => proxyOf(() => {}), () => proxyOf(new Error("x"))];
const thrown = [];
let records = 0;
for (const options of [{}, { serialize: true }, { serialize: "flat" }, { redact: ["**.password"] }]) {
  const logger = createLogger();
  logger.add(() => void records++, { backtrace: true, ...options });
  const interception = interceptConsole({ logger });
  const ways = {
    alone: (value) => logger.info(value),
    "in braces": (value) => logger.info("{}", value),
    "a part of it": (value) => logger.info("{a.b}", { a: value }),
    "an item of it": (value) => logger.info("{[0]}", value),
    "by %s": (value) => logger.info("%s", value),
    "by %d": (value) => logger.info("%d", value),
    "by %o": (value) => logger.info("%o", value),
    "by %j": (value) => logger.info("%j", value),
    deep: (value) => logger.info("deep", { list: [value], more: { value } }),
    bound: (value) => logger.bind({ value }).info("bound"),
    "as an error": (value) => logger.error("failed", value),
    "as a cause": (value) => logger.error("failed", new Error("outer", { cause: value })),
    "to the console": (value) => console.log(value),
    "to the console, in text": (value) => console.log("%o and", value, { value }),
    "in a table": (value) => console.table([value]),
    "as dir": (value) => console.dir(value),
  };
  for (const [way, log] of Object.entries(ways))
    for (const [kind, make] of makes.entries()) {
      try {
        log(make());
      } catch (error) {
        thrown.push(`${JSON.stringify(options)} ${way} ${kind}: ${error.stack}`);
      }
    }
  interception.restore();
}
globalThis.done = { thrown, records };
