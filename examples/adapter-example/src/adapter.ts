import * as core from "@logbridge/core";
import { type Entry, Gazette, type Outlet } from "./gazette.ts";

/** Their levels in our words; numbers follow from the names. */
const OURS: Record<Entry["level"], string> = { debug: "DEBUG", info: "INFO", warn: "WARNING", fail: "ERROR" };
const numberOf = (level: Entry["level"]): number => core.severityOfName(OURS[level]) ?? 20;
const SET = Object.keys(OURS).map((name) => ({ name, no: numberOf(name as Entry["level"]) }));

function entryOf(record: core.LogRecord): Entry {
  const { time: at, message: text, name, extra, exception } = record;
  const level = core.nearestLevel(record.level, SET)?.name as Entry["level"];
  const thrown = exception && core.errorToHand(exception);
  const error = thrown instanceof Error ? thrown : exception ? new Error(exception.message) : undefined;
  return { at, level, area: name ?? "", text, details: { ...extra }, error };
}

/** sink: `logger.add(gazetteSink(outlet))`. `complete()` awaits the promise of a slow outlet. */
export function gazetteSink(outlet: Outlet): core.Sink {
  return { needs: { text: false }, write: (_text, record) => outlet(entryOf(record)) };
}

/** propagate: `leadsTo` keeps what came from this logger from being sent back to it. */
export function propagateToGazette(theirs: Gazette): core.Sink {
  const sink = gazetteSink((entry) => theirs.publish(entry));
  return { ...sink, leadsTo: (bridge, target) => bridge === "gazette" && target === theirs.outlets };
}

/** intercept: children share the prototype, so one patch serves every logger, made before or later. */
export function interceptGazette(options: core.InterceptOptions = {}): core.Interception {
  core.checkInterceptOptions(options, "interceptGazette", []);
  const port = core.openPort({ name: "gazette", packages: ["gazette"], mode: "tee" }, options, core.logger);
  const wrap = (site: core.PatchSite<core.InboundPort>): core.Method =>
    function (this: unknown, entry: Entry) {
      const theirs = this as Gazette;
      const { text: message, details: fields, error, area, at } = entry;
      const level = { name: OURS[entry.level], no: numberOf(entry.level) };
      const origin = { name: "gazette", level: { name: entry.level } };
      const base = { target: theirs.outlets, level, message, fields, timeMs: at.getTime(), origin };
      const inbound = { ...base, ...(error && { error }), ...(area && { name: area }) };
      // Everybody is asked; one who took it and replaces the outlets is enough to silence them.
      const takers = site.subscribers.filter((one) => one.wants(level.no) && one.deliver(inbound, theirs.print));
      if (takers.some((one) => one.mode === "replace")) return Promise.resolve();
      return port.through(() => site.original.call(theirs, entry as never));
    };
  const leave = core.patchMethod(Gazette.prototype, "publish", port, wrap);
  return core.interception("gazette", () => {
    leave();
    port.close();
  });
}

/** facade: `asGazette(logger)` for code that expects a Gazette. Its texts are final, so braces are doubled. */
export function asGazette(logger: core.Logger, area = "", bound = {}): Gazette {
  const log = (area ? logger.forModule(area) : logger).bind(bound);
  const print: Gazette["print"] = (level, text, details = {}, exception) =>
    log.opt({ exception, depth: 1 }).log(OURS[level], { ...details }, text.replace(/[{}]/g, "$&$&"));
  const child: Gazette["child"] = (inner, more) => asGazette(logger, inner, { ...bound, ...more });
  return Object.assign(new Gazette([], area, bound), { print, child });
}
