import { describe, expect, test } from "vitest";
import { type Outcome, program } from "./support/program.ts";

function run(source: string, env: Record<string, string>): Promise<Outcome> {
  const named = Object.fromEntries(Object.entries(env).map(([name, value]) => [`LOGBRIDGE_${name}`, value]));
  return program(`import { createLogger, logger } from "@logbridge/core";\n${source}`, { env: named });
}

const TALK = `logger.trace("t {}", 1); logger.debug("d"); logger.info("i"); logger.error("e");`;

describe("the environment", () => {
  test("L-ENV-1: LOGBRIDGE_LEVEL and _FORMAT are the defaults of handler 0 and of add()", async () => {
    const added = `logger.add(process.stdout); logger.add(process.stdout, { level: "ERROR", format: "own {message}" }); ${TALK}`;
    const { stdout, stderr } = await run(added, { LEVEL: "info", FORMAT: "<red>{level}</red> {message}" });
    expect(stderr).toBe("INFO i\nERROR e\n");
    expect(stdout).toBe("INFO i\nERROR e\nown e\n");
    expect((await run(TALK, { LEVEL: "5", FORMAT: "{message}" })).stderr).toBe("t 1\nd\ni\ne\n");
  });

  test("L-ENV-1: LOGBRIDGE_FILTER is the name of a module", async () => {
    const named = `logger.forModule("shop/cart").info("a"); logger.forModule("other").info("b");
      logger.add(process.stdout, { filter: () => true, format: "all {message}" }); logger.forModule("other").info("c");`;
    const { stdout, stderr } = await run(named, { FILTER: "shop", FORMAT: "{message}" });
    expect({ stdout, stderr }).toEqual({ stdout: "all c\n", stderr: "a\n" });
  });

  test("L-ENV-1: LOGBRIDGE_COLORIZE and _SERIALIZE choose the shape of the text", async () => {
    const { stderr } = await run(`logger.info("i");`, { COLORIZE: "yes", FORMAT: "<red>{message}</red>" });
    expect(stderr).toBe("\u001b[31mi\u001b[0m\n");
    const loguru = JSON.parse((await run(`logger.info("i");`, { SERIALIZE: "1" })).stderr) as object;
    expect(loguru).toMatchObject({ record: { message: "i" } });
    const flat = JSON.parse((await run(`logger.info("i");`, { SERIALIZE: "flat" })).stderr) as object;
    expect(flat).toMatchObject({ message: "i" });
    const own = await run(`logger.add(process.stdout, { serialize: false, format: "{message}" }); logger.info("i");`, {
      SERIALIZE: "on",
    });
    expect(own.stdout).toBe("i\n");
  });

  test("L-ENV-1: LOGBRIDGE_BACKTRACE and _DIAGNOSE choose what an exception shows", async () => {
    const failing = `function inner() { throw new RangeError("deep"); }
      function outer() { logger.catch.run(function caught() { inner(); }); }
      outer();`;
    const full = (await run(failing, {})).stderr;
    const short = (await run(failing, { BACKTRACE: "off", DIAGNOSE: "n" })).stderr;
    expect(full).toMatch(/outer[\s\S]*RangeError|RangeError[\s\S]*outer/);
    expect(full).toContain('throw new RangeError("deep");');
    expect(short).toContain("RangeError: deep");
    expect(short).not.toContain('throw new RangeError("deep");');
    expect(short.length).toBeLessThan(full.length);
  });

  test("L-ENV-1: LOGBRIDGE_CATCH lets the error of a sink through to the call", async () => {
    const throwing = `logger.remove(); logger.add(() => { throw new Error("sink"); });
      try { logger.info("i"); console.log("kept"); } catch (error) { console.log(error.message); }`;
    expect((await run(throwing, { CATCH: "F" })).stdout).toBe("sink\n");
    expect((await run(throwing, { CATCH: "true" })).stdout).toBe("kept\n");
  });

  test("L-ENV-1: LOGBRIDGE_ENQUEUE is refused as the option is, and NO is what the option does by default", async () => {
    const adding = `try { logger.add(process.stdout); } catch (error) { console.log(error.code, error.message); }
      logger.add(process.stdout, { enqueue: false, format: "{message}" }); logger.info("i");`;
    const { stdout, stderr } = await run(adding, { ENQUEUE: "1", FORMAT: "{message}" });
    expect(stdout).toMatch(/^LB1009 LOGBRIDGE_ENQUEUE: enqueue is not available.*\ni\n$/);
    expect(stderr).toMatch(/^logbridge LB1013: .*LOGBRIDGE_ENQUEUE.*\ni\n$/);
    expect((await run(`logger.info("i");`, { ENQUEUE: "NO", FORMAT: "{message}" })).stderr).toBe("i\n");
  });

  test("L-ENV-2: truth is read from words in any case", async () => {
    const no = ["NO", "False", "0", "off", "n", "f"];
    const yes = ["YES", "True", "1", "ON", "y", "t"];
    const adding = `for (const word of ${JSON.stringify([...no, ...yes])}) {
        process.env.LOGBRIDGE_SERIALIZE = word;
        const own = createLogger();
        own.add((text) => console.log(word, String(text.startsWith("{"))));
        own.info("i");
      }
      logger.info("i");`;
    const { stdout, stderr } = await run(adding, { SERIALIZE: "NO", FORMAT: "{message}" });
    expect(stderr).toBe("i\n");
    expect(stdout.trimEnd().split("\n")).toEqual([
      ...no.map((word) => `${word} false`),
      ...yes.map((word) => `${word} true`),
    ]);
  });

  test("L-ENV-3: LOGBRIDGE_<LEVEL>_COLOR changes a level's colour", async () => {
    const { stderr } = await run(`logger.debug("d");`, {
      DEBUG_COLOR: "<green>",
      COLORIZE: "1",
      FORMAT: "<level>{message}</level>",
    });
    expect(stderr).toBe("\u001b[32md\u001b[0m\n");
  });

  test("L-ENV-4: LOGBRIDGE_<LEVEL>_ICON changes a level's icon", async () => {
    const { stderr } = await run(`logger.success("s");`, { SUCCESS_ICON: "🚀", FORMAT: "{level.icon} {message}" });
    expect(stderr).toBe("🚀 s\n");
  });

  test("L-ENV-5: LOGBRIDGE_<LEVEL>_NO changes a level's severity, for every logger", async () => {
    const both = `logger.debug("d"); const own = createLogger(); own.add(process.stdout, { level: "INFO" }); own.debug("own");
      console.log(String(own.level("DEBUG").no));`;
    const { stdout, stderr } = await run(both, { DEBUG_NO: "35", LEVEL: "WARNING", FORMAT: "{level.no} {message}" });
    expect(stderr).toBe("35 d\n");
    expect(stdout).toBe("35 own\n35\n");
  });

  test("L-ENV-6: LOGBRIDGE_AUTOINIT=False starts without handler 0, and the first add() gets its id", async () => {
    const { stdout, stderr } = await run(
      `logger.critical("nobody"); console.log(String(logger.add(process.stdout, { format: "{message}" }))); logger.info("i");`,
      {
        AUTOINIT: "False",
      },
    );
    expect({ stdout, stderr }).toEqual({ stdout: "0\ni\n", stderr: "" });
    expect((await run(`logger.info("i");`, { AUTOINIT: "True", FORMAT: "{message}" })).stderr).toBe("i\n");
  });

  test("LB1013: a wrong variable never keeps the package from loading; it is reported once, and the others hold", async () => {
    const { stderr, code } = await run(`createLogger(); logger.info("i", new Error("e"));`, {
      LEVEL: "LOUD",
      COLORIZE: "perhaps",
      SERIALIZE: "xml",
      DIAGNOSE: "some",
      AUTOINIT: "maybe",
      INFO_NO: "low",
      DEBUG_COLOR: "<nocolour>",
      BACKTRACE: "no",
      FORMAT: "{level.no} {message}",
    });
    expect(code).toBe(0);
    const reports = stderr.split("\n").filter((line) => line.startsWith("logbridge "));
    expect(reports.map((line) => /LB1013.*?(LOGBRIDGE_\w+)/.exec(line)?.[1]).sort()).toEqual(
      ["AUTOINIT", "COLORIZE", "DEBUG_COLOR", "DIAGNOSE", "INFO_NO", "LEVEL", "SERIALIZE"].map(
        (name) => `LOGBRIDGE_${name}`,
      ),
    );
    expect(stderr).toContain("\n20 i");
    const format = await run(`logger.info("i");`, { FORMAT: "{message" });
    expect(format.stderr).toMatch(/^logbridge LB1013: .*\{message.*\n.*\| INFO .* - i\n$/);
  });

  test("LB1013: add() throws for a wrong variable that it would use", async () => {
    const adding = `try { logger.add(process.stdout); } catch (error) { console.log(error.code, error.message); }`;
    expect((await run(adding, { LEVEL: "LOUD" })).stdout).toMatch(/^LB1003 LOGBRIDGE_LEVEL: there is no level "LOUD"/);
    expect((await run(adding, { CATCH: "maybe" })).stdout).toMatch(/^LB1013 LOGBRIDGE_CATCH="maybe"/);
    const said = `logger.add(process.stdout, { level: "INFO", format: "{message}" }); logger.info("i");`;
    expect((await run(said, { LEVEL: "LOUD" })).stdout).toBe("i\n");
  });
});
