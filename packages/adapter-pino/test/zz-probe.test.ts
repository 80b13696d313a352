import { createLogger } from "@logbridge/core";
import { test } from "vitest";
import pino from "pino";
import { Writable } from "node:stream";
import { asPino, fromPinoOptions, interceptPino, pinoSink, pinoSinks, propagateToPino } from "../src/index.ts";
const S = "SECRET";
const mk = () => { const a: string[] = []; return { a, s: new Writable({ write(c, _e, d) { a.push(String(c)); d(); } }) as any }; };
const F = (o: any, say: (l: any) => void, ) => async () => { const m = mk(); const l = createLogger({}); const { notTaken, ...c } = fromPinoOptions(o, m.s); l.configure(c); if (notTaken.length) m.a.push(JSON.stringify(notTaken)); say(l); await l.complete(); return m.a; };
const N = (o: any, say: (l: any) => void) => { const m = mk(); say(pino(o, m.s)); return m.a; };
const B = { base: {}, timestamp: false };
const run = async (n: string, f: any) => { try { console.log(n, "=>", JSON.stringify(await f())); } catch (e: any) { console.log(n, "THREW", e?.code, e?.stack?.split("\n").slice(0, 3).join("|")); } };
test("probe", async () => {
  await run("H1", F({ ...B, redact: ["password"] }, (l) => asPino(l).info({ password: S })));
  await run("H1b", F({ ...B, redact: ["password"] }, (l) => l.info({ password: S })));
  for (const sink of [(m: any) => pinoSink(m.s, { redact: ["password"], base: null }), (m: any) => pinoSinks(pino({ redact: ["password"] }, m.s))[0]!, (m: any) => propagateToPino(pino({ redact: ["password"] }, m.s))])
    for (const say of [(l: any) => l.info({ password: S }), (l: any) => asPino(l).info({ password: S }), (l: any) => asPino(l).info("x %j", { password: S }), (l: any) => asPino(l).info("x %o %s", { password: S }, 1), (l: any) => asPino(l).info("x", 5, { password: S }), (l:any)=>asPino(l).info("x", [{ password: S }])])
      await run("H1c/H4", async () => { const m = mk(); const l = createLogger({}); l.add(sink(m)); say(l); await l.complete(); return m.a; });
  for (const sink of [(m: any) => pinoSink(m.s, { redact: ["token"], base: { token: "b" } }), (m: any) => pinoSinks(pino({ redact: ["token"] }, m.s).child({ token: "b" }))[0]!, (m: any) => propagateToPino(pino({ redact: ["token"] }, m.s).child({ token: "b" }))])
    await run("H3", async () => { const m = mk(); const l = createLogger({}); l.add(sink(m)); l.info("x", { token: S }); await l.complete(); return m.a; });
  await run("H4", F({ ...B, redact: ["password"] }, (l) => asPino(l).info("x %j", { password: S })));
  for (const mode of ["tee", "replace"] as const) await run("H5 " + mode, async () => { const m = mk(); const p = pino({ hooks: { streamWrite: (s: string) => s.replaceAll(S, "***") } }, m.s); const l = createLogger({}); const r: any[] = []; l.add((_t: string, rec: any) => { r.push([rec.message, rec.extra, rec.origin.line]); }); const i = interceptPino(p, { logger: l, mode }); p.info({ a: S }, "x " + S); i.restore(); return r; });
  await run("H6", async () => { const m = mk(); const p = pino({ formatters: { log: (o: any) => ({ ...o, err: { ...pino.stdSerializers.err(o.err), message: "***", stack: "***", token: "***" } }) } }, m.s); const l = createLogger({}); const r: any[] = []; l.add((t: string, rec: any) => { r.push([t, rec.message, rec.exception]); }); const i = interceptPino(p, { logger: l }); p.error(Object.assign(new Error(S), { token: S })); i.restore(); return r; });
  await run("H10", F({ ...B }, (l) => asPino(l).child({}, { serializers: { msg: (s: any) => String(s).replaceAll(S, "***") } as any }).info("pw " + S)));
  await run("H10b", F({ ...B, formatters: { log: ({ msg, ...o }: any) => o } }, (l) => asPino(l).info({ msg: S, a: 1 })));
  await run("H10c", F({ ...B }, (l) => asPino(l).child({}, { formatters: { log: ({ msg, ...o }: any) => o } }).info({ msg: S, a: 1 })));
  console.log("native", N({ ...B, formatters: { log: ({ msg, ...o }: any) => o } }, (l) => l.info({ msg: S, a: 1 })), N({ ...B, serializers: { msg: (s: any) => String(s).replaceAll(S, "***") } }, (l) => l.info("pw " + S)));
  await run("H11", F({ ...B, redact: ["*.password"] }, (l) => asPino(l).error(new Error("o", { cause: Object.assign(new Error("c"), { password: S }) }))));
  const circ: any = { a: 1 }; circ.self = circ;
  await run("H15", F({ ...B }, (l) => asPino(l).error({ orderId: 7, err: new Error("E") }, "state %o", circ)));
  await run("H15b", F({ ...B }, (l) => asPino(l).error({ orderId: 7 }, "state %j", { a: 1n })));
  for (const o of [{ useOnlyCustomLevels: true, customLevels: { big: 10, small: 30 }, level: "big", levelComparison: "DESC" }, { levelComparison: "foo" }, { level: 35 }, { level: "Info" }, { customLevels: { success: 45 }, level: "success" }, { customLevels: { critical: 61, warning: 41 } }, { redact: ["pw[0"] }, { redact: "pw" }, { serializers: null }, { customLevels: null }, { formatters: null }, { hooks: null }, { nestedKey: "p" }, { base: null, serializers: { a: () => undefined } }, { serializers: { a: () => { throw new Error("x"); } } }, { customLevels: { TRACEX: 1 } }, { name: null }, { msgPrefix: null }, { messageKey: null }, {redact: null}, {level: null}, {mixin: null}, {timestamp: null}]) {
    const say = (l: any) => { for (const n of ["warn", "big", "small", "critical", "TRACEX"]) try { l[n]?.(`${n}`); } catch (e: any) { console.log(n, e.message); } try { l.info({ a: 1, n: NaN, f() {} }, "t"); } catch {} };
    try { console.log("native", JSON.stringify(o), N({ ...B, ...o }, say)); } catch (e: any) { console.log("native", JSON.stringify(o), "THROWS", e.message); }
    await run("H25+ ", F({ ...B, ...o }, (l) => say(asPino(l))));
  }
  await run("H32", async () => JSON.stringify(asPino(createLogger({}))).slice(0, 200));
  await run("H33", async () => { const p = asPino(createLogger({})); p.level = "constructor"; return p.level; });
  await run("H33b", async () => { const p = asPino(createLogger({})).child({}, { level: "__proto__" }); return p.level; });
  for (const how of ["from","sinks","prop","aspino"]) await run("H24 " + how, async () => { let n = 0; const m = mk(); const l = createLogger({}); const base = { get rid() { return "r" + ++n; } };
    if (how === "from") { const { notTaken, ...c } = fromPinoOptions({ base }, m.s); l.configure(c); }
    else if (how === "sinks") l.add(pinoSinks(pino({ base }, m.s))[0]!); else if (how === "prop") l.add(propagateToPino(pino({ base }, m.s))); else { l.add(pinoSink(m.s, {base:null})); }
    const s: any = how === "aspino" ? asPino(l).child(base) : l; s.info("a"); s.info("b"); await l.complete(); return m.a; });
  { let n = 0; console.log(N({ base: { get rid() { return "r" + ++n; } } }, (l) => { l.info("a"); l.info("b"); })); }
}, 60000);
