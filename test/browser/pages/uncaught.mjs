// Lets all kinds of errors go uncaught, with an interception where `globalThis.mode` is not "plain".
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";

const { mode } = globalThis;
const records = [];
const ownListeners = [];
globalThis.onerror = (message, _source, line, _column, error) => {
  ownListeners.push(["onerror", String(message), line > 0, error === undefined ? "undefined" : typeof error]);
  return message === "Uncaught Error: handled by the page";
};
addEventListener("error", (event) => {
  ownListeners.push(["error", event.target === window, event.defaultPrevented]);
  if (event.message === "Uncaught Error: kept from others") event.stopImmediatePropagation();
});
addEventListener("unhandledrejection", (event) => {
  ownListeners.push(["unhandledrejection", event.defaultPrevented]);
  if (event.reason?.message === "rejection handled by the page") event.preventDefault();
});

const logger = createLogger({ patcher: (record) => void records.push(record) });
logger.add(() => {}, { needs: { caller: true } });
const interception = mode === "plain" ? null : interceptConsole({ logger, mode, uncaught: true });

const proxy = new Proxy(new Error("behind a proxy"), {
  get: (target, key) => Reflect.get(target, key),
});
const computed = Object.defineProperty(new Error("computed"), "message", {
  get() {
    globalThis.gettersRun = (globalThis.gettersRun ?? 0) + 1;
    return "by a getter";
  },
});
const thrown = [
  new TypeError("no such thing", { cause: new Error("inner") }),
  "a text",
  undefined,
  null,
  42,
  { code: 7 },
  Object.freeze(new Error("frozen")),
  new DOMException("gone", "AbortError"),
  new Error(""),
  proxy,
  computed,
  new Error("handled by the page"),
  new Error("kept from others"),
];
const rejected = [
  new RangeError("too far"),
  "a reason",
  undefined,
  { code: 8 },
  new Error("rejection handled by the page"),
];

await settle(() => {
  for (const value of thrown)
    setTimeout(() => {
      throw value;
    });
});
await settle(() => reportError(new Error("reported")));
await settle(() => {
  for (const value of rejected) Promise.reject(value);
});
await settle(() => append("script", { src: `${location.origin.replace("127.0.0.1", "localhost")}/throws.js` }));
await settle(() => append("img", { src: "/no-such-picture.png" }));
await settle(() => append("script", { textContent: "%% no script" }));
interception?.restore();
await settle(() => reportError(new Error("after restore()")));

globalThis.done = {
  ownListeners,
  gettersRun: globalThis.gettersRun ?? 0,
  records: records.map(({ level, message, origin, exception, line, file, name }) => ({
    level: level.name,
    message,
    origin,
    type: exception?.type ?? null,
    isSame: exception !== null && [...thrown, ...rejected].some((value) => Object.is(value, exception.value)),
    cause: exception?.cause?.message ?? null,
    place: file && { file: file.name, line, name },
  })),
};

/** Runs it and waits for what it leads to. */
async function settle(work) {
  work();
  await new Promise((resolve) => setTimeout(resolve, 150));
}

function append(tag, properties) {
  document.body.append(Object.assign(document.createElement(tag), properties));
}
