import { expect, test } from "vitest";
import type { LinePreset } from "../src/index.ts";
import { telling } from "./support/lines.ts";

/** What a line says: program, preset, the line, then level, name and message of the record. */
type Row = readonly [
  program: string,
  preset: LinePreset,
  line: string,
  level: string,
  name: string | null,
  message: string,
];

const ESC = "\u001b";

const ROWS: readonly Row[] = [
  ["maven", "brackets", "[WARNING] Using platform encoding", "WARNING", null, "Using platform encoding"],
  ["consola", "brackets", "[error] [vite] Failed to load", "ERROR", "vite", "Failed to load"],
  ["consola, coloured", "brackets", `${ESC}[41m${ESC}[30m ERROR ${ESC}[39m${ESC}[49m: Failed`, "ERROR", null, "Failed"],
  [
    "log4js",
    "brackets",
    "[2024-01-02T03:04:05.678] [INFO] app.db - connected to users",
    "INFO",
    "app.db",
    "connected to users",
  ],
  ["loglevel-plugin-prefix", "brackets", "[12:00:00] WARN (auth): token is old", "WARNING", "auth", "token is old"],
  ["winston, printf", "brackets", "2024-01-02T03:04:05.678Z [api] error: refused", "ERROR", "api", "refused"],
  ["winston, simple", "brackets", 'info: started {"port":80}', "INFO", null, 'started {"port":80}'],
  ["pino-pretty", "brackets", "[03:04:05.678] ERROR (app/1234 on host): refused", "ERROR", "app", "refused"],
  [
    "Nest",
    "brackets",
    "[Nest] 1234  - 01/02/2024, 3:04:05 AM     LOG [NestFactory] Starting Nest application...",
    "INFO",
    "NestFactory",
    "Starting Nest application...",
  ],
  [
    "Node",
    "brackets",
    "(node:123) [DEP0005] DeprecationWarning: Buffer() is deprecated",
    "WARNING",
    "node",
    "DeprecationWarning: Buffer() is deprecated",
  ],
  ["esbuild", "brackets", '✘ [ERROR] Could not resolve "x"', "ERROR", null, 'Could not resolve "x"'],
  [
    "tsc",
    "brackets",
    "src/a.ts(1,2): error TS2322: Type 'x' is not assignable",
    "ERROR",
    null,
    "src/a.ts(1,2): error TS2322: Type 'x' is not assignable",
  ],
  ["clang", "brackets", "foo.c:1:2: warning: unused variable", "WARNING", null, "foo.c:1:2: warning: unused variable"],
  ["git", "brackets", "fatal: not a git repository", "CRITICAL", null, "not a git repository"],
  ["Bazel", "brackets", "INFO: Found 1 target...", "INFO", null, "Found 1 target..."],
  ["Python, basicConfig", "brackets", "WARNING:root:Watch out!", "WARNING", "root", "Watch out!"],
  [
    "Python, usual format",
    "brackets",
    "2024-01-02 03:04:05,678 - app.db - CRITICAL - disk is full",
    "CRITICAL",
    "app.db",
    "disk is full",
  ],
  ["uvicorn", "brackets", "INFO:     Started server process [1]", "INFO", null, "Started server process [1]"],
  [
    "gunicorn",
    "brackets",
    "[2024-01-02 03:04:05 +0000] [123] [INFO] Starting gunicorn",
    "INFO",
    null,
    "Starting gunicorn",
  ],
  [
    "alembic",
    "brackets",
    "INFO  [alembic.runtime.migration] Running upgrade",
    "INFO",
    "alembic.runtime.migration",
    "Running upgrade",
  ],
  ["Logback", "brackets", "03:04:05.678 [main] DEBUG c.e.App - up", "DEBUG", "c.e.App", "up"],
  [
    "Spring Boot",
    "brackets",
    "2024-01-02T03:04:05.678Z  WARN 123 --- [           main] c.e.demo.App   : slow start",
    "WARNING",
    "c.e.demo.App",
    "slow start",
  ],
  [
    "Elasticsearch",
    "brackets",
    "[2024-01-02T03:04:05,678][INFO ][o.e.n.Node               ] [node-1] started",
    "INFO",
    "o.e.n.Node",
    "[node-1] started",
  ],
  [
    "Kafka",
    "brackets",
    "[2024-01-02 03:04:05,678] ERROR [KafkaServer id=0] Fatal error (kafka.server.KafkaServer)",
    "ERROR",
    null,
    "[KafkaServer id=0] Fatal error (kafka.server.KafkaServer)",
  ],
  [
    "PostgreSQL",
    "brackets",
    '2024-01-02 03:04:05.678 UTC [123] ERROR:  relation "x" does not exist',
    "ERROR",
    null,
    'relation "x" does not exist',
  ],
  [
    "MySQL",
    "brackets",
    "2024-01-02T03:04:05.678901Z 0 [Warning] [MY-010055] [Server] skip",
    "WARNING",
    "MY-010055",
    "[Server] skip",
  ],
  [
    "nginx",
    "brackets",
    "2024/01/02 03:04:05 [error] 123#0: *1 open() failed",
    "ERROR",
    null,
    "123#0: *1 open() failed",
  ],
  [
    "Apache",
    "brackets",
    "[Wed Oct 11 14:32:52.123456 2000] [core:error] [pid 1:tid 2] AH00124: too many redirects",
    "ERROR",
    "core",
    "[pid 1:tid 2] AH00124: too many redirects",
  ],
  [
    "Kubernetes",
    "brackets",
    "E0102 15:04:05.678901    1 controller.go:116] sync failed",
    "ERROR",
    "controller.go:116",
    "sync failed",
  ],
  [
    "logrus, terminal",
    "brackets",
    "WARN[0001] disk is slow        path=/x",
    "WARNING",
    null,
    "disk is slow        path=/x",
  ],
  ["zerolog, console", "brackets", "3:04PM INF up addr=:80", "INFO", null, "up addr=:80"],
  [
    "zap, console",
    "brackets",
    "2024-01-02T03:04:05.678Z\tinfo\tapp\tserver/main.go:1\tup",
    "INFO",
    "app",
    "server/main.go:1\tup",
  ],
  ["env_logger", "brackets", "[2024-01-02T03:04:05Z WARN app::db] slow", "WARNING", "app::db", "slow"],
  ["tracing", "brackets", "2024-01-02T03:04:05.678901Z  INFO app::db: connected", "INFO", "app::db", "connected"],
  ["rustc", "brackets", "error[E0308]: mismatched types", "ERROR", null, "mismatched types"],
  ["Serilog", "brackets", "[03:04:05 ERR] boom", "ERROR", null, "boom"],
  ["spdlog", "brackets", "[2024-01-02 03:04:05.678] [net] [critical] down", "CRITICAL", "net", "down"],
  ["Ruby", "brackets", "E, [2024-01-02T03:04:05.678901 #123] ERROR -- worker: gone", "ERROR", "worker", "gone"],
  [
    "Monolog",
    "brackets",
    '[2024-01-02T03:04:05+00:00] app.WARNING: odd {"a":1} []',
    "WARNING",
    "app",
    'odd {"a":1} []',
  ],
  ["Elixir", "brackets", "03:04:05.678 [notice] stopped", "NOTICE", null, "stopped"],
  [
    "Chromium",
    "brackets",
    "[123:456:0102/030405.678901:ERROR:gpu_init.cc(523)] no GPU",
    "ERROR",
    "gpu_init.cc(523)",
    "no GPU",
  ],

  ["syslog", "brackets", "<34>Oct 11 22:14:15 host su: failed", "CRITICAL", null, "Oct 11 22:14:15 host su: failed"],
  ["systemd", "brackets", "<3>disk is full", "ERROR", null, "disk is full"],
  [
    "an error on stderr",
    "brackets",
    "Error: refused\n    at f (a.js:1:1)",
    "ERROR",
    null,
    "Error: refused\n    at f (a.js:1:1)",
  ],
  [
    "tsc, on a terminal",
    "brackets",
    "src/a.ts:1:2 - error TS2304: gone",
    "ERROR",
    null,
    "src/a.ts:1:2 - error TS2304: gone",
  ],
  ["a date alone", "brackets", "2024-01-02 [ERROR] no time", "ERROR", null, "no time"],
  ["a time to the minute", "brackets", "2024-01-02 03:04 WARN slow", "WARNING", null, "slow"],

  ["npm", "prefix", "npm warn deprecated request@2.88.2: gone", "WARNING", "npm", "deprecated request@2.88.2: gone"],
  ["npm, older", "prefix", "npm ERR! code E404", "ERROR", "npm", "code E404"],
  ["npm, http", "prefix", "npm http fetch GET 200 https://x", "HTTP", "npm", "fetch GET 200 https://x"],
  ["node-gyp", "prefix", "gyp info it worked if it ends with ok", "INFO", "gyp", "it worked if it ends with ok"],
  ["yarn", "prefix", "warning package.json: No license field", "WARNING", null, "package.json: No license field"],
  ["yarn, success", "prefix", "success Saved lockfile.", "SUCCESS", null, "Saved lockfile."],
  ["pnpm", "prefix", `${ESC}[43m${ESC}[30m WARN ${ESC}[39m${ESC}[49m deprecated x`, "WARNING", null, "deprecated x"],
  ["signale", "prefix", "[app] › ✖  error     Unable to save", "ERROR", "app", "Unable to save"],
  ["consola, fancy", "prefix", "ℹ info Building", "INFO", null, "Building"],
  ["a namespace of debug", "prefix", "app:db:warn slow query", "WARNING", "app:db", "slow query"],
  ["a short namespace", "prefix", "app:warn text", "WARNING", "app", "text"],
  ["a level and a text", "prefix", "warn: app text", "WARNING", null, "app text"],
  ["a level in capitals and a text", "prefix", "WARN app text", "WARNING", null, "app text"],
  [
    "yarn, error",
    "prefix",
    "error Command failed with exit code 1.",
    "ERROR",
    null,
    "Command failed with exit code 1.",
  ],
  [
    "yarn, a dependency",
    "prefix",
    'warning "a > b@1.0" has unmet peers',
    "WARNING",
    null,
    '"a > b@1.0" has unmet peers',
  ],
  ["a level alone", "prefix", "error", "ERROR", null, "error"],
  ["a level alone with a colon", "prefix", "warn:", "WARNING", null, "warn:"],
  ["a level alone", "brackets", "[ERROR]", "ERROR", null, "[ERROR]"],
  ["a level alone with a colon", "brackets", "ERROR:", "ERROR", null, "ERROR:"],
  ["log4j, a thread behind the level", "brackets", "ERROR [main] com.x.Y - a", "ERROR", "com.x.Y", "a"],
  ["Next.js", "prefix", "error - unhandledRejection", "ERROR", null, "unhandledRejection"],

  [
    "pino",
    "json",
    '{"level":40,"time":1704164645678,"pid":1,"hostname":"h","name":"db","msg":"slow"}',
    "WARNING",
    "db",
    "slow",
  ],
  [
    "bunyan",
    "json",
    '{"name":"app","hostname":"h","pid":1,"level":50,"msg":"no","time":"2024-01-02T03:04:05.678Z","v":0}',
    "ERROR",
    "app",
    "no",
  ],
  [
    "winston",
    "json",
    '{"level":"error","message":"no","service":"api","timestamp":"2024-01-02T03:04:05.678Z"}',
    "ERROR",
    null,
    "no",
  ],
  [
    "structlog",
    "json",
    '{"event":"saved","level":"info","logger":"app","timestamp":"2024-01-02T03:04:05.678Z"}',
    "INFO",
    "app",
    "saved",
  ],
  [
    "python-json-logger",
    "json",
    '{"asctime":"2024-01-02 03:04:05,678","levelname":"CRITICAL","name":"app","message":"no"}',
    "CRITICAL",
    "app",
    "no",
  ],
  ["Python, levelno", "json", '{"levelno":30,"message":"odd"}', "WARNING", null, "odd"],
  [
    "zap",
    "json",
    '{"level":"dpanic","ts":1704164645.678,"logger":"raft","caller":"a.go:1","msg":"lost"}',
    "CRITICAL",
    "raft",
    "lost",
  ],
  ["slog", "json", '{"time":"2024-01-02T03:04:05.678Z","level":"DEBUG-2","msg":"fine"}', "DEBUG", null, "fine"],
  [
    "hclog",
    "json",
    '{"@level":"warn","@message":"odd","@module":"agent","@timestamp":"2024-01-02T03:04:05.678Z"}',
    "WARNING",
    "agent",
    "odd",
  ],
  [
    "Serilog, compact",
    "json",
    '{"@t":"2024-01-02T03:04:05.678Z","@m":"odd","@l":"Warning","SourceContext":"App"}',
    "WARNING",
    "App",
    "odd",
  ],
  [
    ".NET console",
    "json",
    '{"Timestamp":"03:04","LogLevel":"Information","Category":"Program","Message":"up"}',
    "INFO",
    "Program",
    "up",
  ],
  ["Google Cloud", "json", '{"severity":"NOTICE","message":"odd"}', "NOTICE", null, "odd"],
  ["Google Cloud, number", "json", '{"severity":400,"message":"odd"}', "WARNING", null, "odd"],
  [
    "Elastic",
    "json",
    '{"@timestamp":"2024-01-02T03:04:05.678Z","log.level":"ERROR","log.logger":"app","message":"no"}',
    "ERROR",
    "app",
    "no",
  ],
  ["Graylog", "json", '{"version":"1.1","host":"h","short_message":"no","level":3}', "ERROR", null, "no"],
  [
    "MongoDB",
    "json",
    '{"t":{"$date":"2024-01-02T03:04:05.678Z"},"s":"W","c":"NETWORK","id":1,"ctx":"conn1","msg":"slow"}',
    "WARNING",
    "NETWORK",
    "slow",
  ],
  [
    "roarr",
    "json",
    '{"context":{"logLevel":40,"namespace":"db","package":"app"},"message":"slow","sequence":1,"time":1704164645678,"version":"1.0.0"}',
    "WARNING",
    "db",
    "slow",
  ],
  [
    "tslog",
    "json",
    '{"0":"slow","_meta":{"logLevelName":"WARN","name":"db","date":"2024-01-02T03:04:05.678Z"}}',
    "WARNING",
    "db",
    "slow",
  ],
  [
    "Loguru",
    "json",
    '{"text":"x\\n","record":{"level":{"name":"SUCCESS","no":25,"icon":""},"message":"done","name":"app","extra":{"a":1},"time":{"timestamp":1704164645.678}}}',
    "SUCCESS",
    "app",
    "done",
  ],
  [
    "AWS Lambda",
    "json",
    '{"timestamp":"2024-01-02T03:04:05.678Z","level":"ERROR","requestId":"r","message":"no"}',
    "ERROR",
    null,
    "no",
  ],

  [
    "logrus",
    "logfmt",
    'time="2024-01-02T03:04:05Z" level=warning msg="disk is slow" path=/x',
    "WARNING",
    null,
    "disk is slow",
  ],
  [
    "Prometheus",
    "logfmt",
    'ts=2024-01-02T03:04:05.678Z caller=main.go:1 level=info component=web msg="Start"',
    "INFO",
    "web",
    "Start",
  ],
  [
    "Grafana",
    "logfmt",
    'logger=migrator t=2024-01-02T03:04:05.678Z level=info msg="done" ms=3',
    "INFO",
    "migrator",
    "done",
  ],
  [
    "Heroku",
    "logfmt",
    'at=error code=H12 desc="Request timeout" method=GET',
    "ERROR",
    null,
    'at=error code=H12 desc="Request timeout" method=GET',
  ],
];

test.each(ROWS)("%s, %s: %s", (_program, preset, line, level, name, message) => {
  const { tell, records } = telling({ parse: preset });
  tell(line, { name: null });
  expect(records.map((record) => [record.level.name, record.name, record.message])).toEqual([[level, name, message]]);
});

test("the table shows sixty programs and more", () => {
  expect(new Set(ROWS.map(([program]) => program.split(",")[0])).size).toBeGreaterThan(60);
});

const TEXTS: Readonly<Record<LinePreset, readonly string[]>> = {
  brackets: [
    "[1/4] Resolving packages...",
    "listening on http://localhost:3000",
    "[app] started",
    "Compiled successfully.",
    "Trace: hello\n    at f (a.js:1:1)",
    "Trace\n    at f (a.js:1:1)",
    "Trace: a line of a stream",
    "[OK] fine",
    "[build] fine so far",
    "Fine - we go on",
    "fine: it works",
    "[db] error rate 5%",
    "[deploy] success",
    "[tests] fail",
    "12:00:00 all is well",
    "http://x/y: fine",
    "",
  ],
  prefix: [
    "no error found",
    "[1/4] Resolving packages...",
    "The error was mine",
    "error rate is 5%",
    "Error rate is 5%",
    "Fatal attraction",
    "Notice board",
    "debug mode enabled",
    "Info about the system",
    "trace id 123",
    "trace ID 123",
    "warn about it",
    "warning signs",
    "success rate",
    "Trace: hello\n    at f (a.js:1:1)",
    "http://localhost:80/",
    "errors: 0",
    "",
  ],
  json: ["{}", "[1,2]", '{"a":1}', "{ not json }", '{"level":"info"', "null", '"text"', ""],
  logfmt: ["a=b", "level=info and more", 'msg="open', "level", "x = y", "https://x/?level=info&msg=a b", ""],
};

for (const [preset, texts] of Object.entries(TEXTS))
  test.each(texts)(`${preset} leaves a text alone that is no such line: %j`, (text) => {
    const { tell, records } = telling({ parse: preset as LinePreset });
    tell(text, { name: "app" });
    const [record] = records;
    expect([record?.level.name, record?.name, record?.message, record?.extra]).toEqual(["INFO", "app", text, {}]);
    expect(record?.origin).toEqual({ name: "lines", level: { name: "said" } });
  });

test("a time with its day is the record's time; without one it stays as a field", () => {
  const { tell, records } = telling({ parse: ["json", "brackets", "logfmt"] });
  const moment = Date.UTC(2024, 0, 2, 3, 4, 5, 678);
  tell(`{"level":30,"time":${moment},"msg":"a"}`);
  tell('{"level":"info","ts":1704164645.678,"msg":"b"}');
  tell("[2024-01-02T04:04:05.678+01:00] [INFO] c");
  tell('level=info ts=2024-01-02T03:04:05.678Z msg="d"');
  expect(records.map(({ time }) => time.getTime())).toEqual([moment, moment, moment, moment]);
  const before = Date.now();
  tell("[03:04:05] [INFO] e");
  tell('{"level":30,"time":"soon","msg":"f"}');
  expect(records.slice(4).map(({ extra }) => extra["time"])).toEqual(["03:04:05", "soon"]);
  expect(records.slice(4).every(({ time }) => time.getTime() >= before)).toBe(true);
});

test("what is left of a JSON line or of pairs is in extra, with its types", () => {
  const { tell, records } = telling({ parse: ["json", "logfmt"] });
  tell('{"level":30,"msg":"a","pid":7,"user":{"id":1,"tags":["x"]},"ok":true}');
  tell('level=info msg="a \\"b\\"\\n\\u0041" path="C:\\\\x" empty= n=1');
  expect(records.map(({ message, extra }) => [message, extra])).toEqual([
    ["a", { pid: 7, user: { id: 1, tags: ["x"] }, ok: true }],
    ['a "b"\nA', { path: "C:\\x", empty: "", n: "1" }],
  ]);
});

test("an error in a JSON line is the record's exception, with stack, code and cause", () => {
  const { tell, records } = telling({ parse: "json" });
  const stack = "TypeError: no user\n    at f (a.js:1:1)";
  const err = { type: "TypeError", message: "no user", stack, code: "E1", cause: { message: "inner" }, table: "t" };
  tell(JSON.stringify({ level: 50, msg: "failed", err }));
  tell(JSON.stringify({ level: "error", message: "no user", stack }));
  tell(JSON.stringify({ "log.level": "error", message: "x", "error.type": "TypeError", "error.message": "no user" }));
  tell(
    JSON.stringify({
      level: "error",
      event: "x",
      exception: 'Traceback (most recent call last):\n  File "a"\nValueError: bad',
    }),
  );
  tell(JSON.stringify({ level: "error", msg: "x", error: "a word" }));
  expect(records.map(({ exception }) => exception && [exception.type, (exception.value as Error).message])).toEqual([
    ["TypeError", "no user"],
    ["TypeError", "no user"],
    ["TypeError", "no user"],
    ["ValueError", "bad"],
    null,
  ]);
  const thrown = records[0]?.exception?.value as Error & { code: unknown; table: unknown };
  expect([thrown.stack, thrown.code, thrown.table, (thrown.cause as Error).message]).toEqual([
    stack,
    "E1",
    "t",
    "inner",
  ]);
  expect(records[4]?.extra).toEqual({ error: "a word" });
});

test("a number that may be of several scales changes nothing, and is kept", () => {
  const { tell, records } = telling({ parse: "json" });
  tell('{"level":3,"msg":"a"}');
  tell('{"level":-1,"msg":"a"}');
  expect(records.map(({ level, extra }) => [level.name, extra])).toEqual([
    ["INFO", { level: 3 }],
    ["INFO", { level: -1 }],
  ]);
});
