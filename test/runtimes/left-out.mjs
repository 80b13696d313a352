// What cannot run on a runtime, and why. Each is run all the same, and one that passes has to leave this list.

/**
 * @typedef {object} Exception
 * @property {readonly string[]} on names of runtimes
 * @property {string} file
 * @property {readonly string[]} [tests] their titles, with those of the suites around them, joined by " > "; default: the whole file
 * @property {string} reason
 * @property {true} [never] it is not run: it would hang, or end the process
 * @property {true} [unsteady] it passes in some runs: what decides is a race of the runtime or of a library
 */

/** @type {readonly Exception[]} */
export const leftOut = [
  // Chromium
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/conformance.test.ts",
    reason: "loads libraries that are made for Node alone",
  },
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/correlation.test.ts",
    reason: "loads libraries that are made for Node alone",
  },
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/echo.test.ts",
    reason: "loads libraries that are made for Node alone",
  },
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/environment.test.ts",
    reason: "loads libraries that are made for Node alone",
  },
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/http.test.ts",
    reason: "loads libraries that are made for Node alone",
  },
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/intercept-roundtrip.test.ts",
    reason: "loads libraries that are made for Node alone",
  },
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/options.test.ts",
    reason: "loads libraries that are made for Node alone",
  },
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/processor.test.ts",
    reason: "loads libraries that are made for Node alone",
  },
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/providers-global.test.ts",
    reason: "loads libraries that are made for Node alone",
  },
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/providers-theirs.test.ts",
    reason: "loads libraries that are made for Node alone",
  },
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/retry-sdk.test.ts",
    reason: "loads libraries that are made for Node alone",
  },
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/sink-targets.test.ts",
    reason: "loads libraries that are made for Node alone",
  },
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/sink-tracing.test.ts",
    reason: "loads libraries that are made for Node alone",
  },
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/sink.test.ts",
    reason: "loads libraries that are made for Node alone",
  },
  { on: ["chromium"], file: "packages/adapter-otel/test/fidelity.test.ts", reason: "is made of Node's buffers" },
  { on: ["chromium"], file: "packages/adapter-otel/test/spool-frames.test.ts", reason: "is made of Node's buffers" },
  {
    on: ["chromium"],
    file: "packages/adapter-otel/test/conformance-intercept.test.ts",
    tests: [
      "interceptOtel of a provider > the caller of the library comes in with file and line",
      "interceptOtel as a processor > the caller of the library comes in with file and line",
    ],
    reason: "in a bundle all frames are of one file, so that those of a library cannot be told",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/bridge/names.test.ts",
    tests: [
      "a name function that throws costs the record its name and is reported once; the application's call goes on",
    ],
    reason: "a page has no process",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/caller.test.ts",
    tests: [
      "a captured caller > names function, file, line, module and module name",
      "module names > in the application they are the path from the nearest package.json",
    ],
    reason: "a page has no package.json files",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/catch-trace.test.ts",
    tests: [
      "the catch point of catch > L-CATCH-13, L-ADD-BT-1, L-ADD-BT-3, L-EXC-4: the record names the caller of the wrapped function, and the trace marks its frame",
      "the catch point of catch > L-ADD-BT-2: without backtrace the trace ends there",
      "the catch point of catch > is found in recursion, and nested, each time one's own",
      "the catch point of a log call > is nowhere, and the trace whole, where the one that logs stands in no frame of it",
    ],
    reason: "in a bundle all frames are of one file, so that those of a library cannot be told",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/exception-values.test.ts",
    tests: [
      "diagnose: true > L-ADD-DIAG-1, R-17e: shows the source around the failing line, an arrow at it, and no value",
    ],
    reason: "a page does not read the sources of its scripts",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/exception.test.ts",
    tests: [
      "an error is described > with class, message, frames, code and own properties, and the very object [S-ERR-5, L-REC-2]",
    ],
    reason: "in a bundle all frames are of one file, so that those of a library cannot be told",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/exception.test.ts",
    tests: ["an error is described > whose class computes the message: the text in its stack is taken"],
    reason: "the engine writes a stack's title without asking accessors",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/exception.test.ts",
    tests: ["an error is described > without running code of its owner and without throwing, whatever it is"],
    reason: "no script of a page can tell a proxy before it asks it",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/exception.test.ts",
    tests: [
      "frames >     at async Store.save [as put] (file:///srv/my%20app/save.js:3:9) is read",
      "frames >     at async file:///srv/app/save.js:3:9 is read",
    ],
    reason: "where there are no files, their URLs stay what they are",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/exception.test.ts",
    tests: [
      "a rendered exception > shows the source around the failing line where diagnose is on, and only there [L-ADD-DIAG-2]",
    ],
    reason: "a page does not read the sources of its scripts",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/format/template.test.ts",
    tests: [
      "what a template may touch > is no code of a proxy, a Map of the user's own, toString or toJSON that throws",
    ],
    reason: "no script of a page can tell a proxy before it asks it",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/formats.test.ts",
    tests: [
      "the format of a handler > L-ADD-FMT-5 shows one attribute of a field, or the field's own one",
      "the format of a handler > C-18b: a verbose and a simple one, with our fields",
    ],
    reason: "a page has no process",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/json.test.ts",
    tests: ["toPlain and stringify > run no getter and no trap"],
    reason: "no script of a page can tell a proxy before it asks it",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/levels.test.ts",
    tests: [
      "messages > read the record with opt({ record: true }): its parts as formats show them, and this call's own values",
    ],
    reason: "a page has no process",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/records-in-handlers.test.ts",
    tests: [
      "the parts of a record > L-REC-17 every key of the record can stand in a format, with its attributes and directives",
    ],
    reason: "a page has no process",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/records.test.ts",
    tests: ["what a record carries > times are no whole milliseconds but by chance, and never go back"],
    reason: "a page's clocks are coarse",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/redaction-leaks.test.ts",
    tests: ["values that run code when they are read > a proxy among the values of printf is asked by no directive"],
    reason: "no script of a page can tell a proxy before it asks it",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/redaction.test.ts",
    tests: ["what is redacted > runs no getter and asks no proxy"],
    reason: "no script of a page can tell a proxy before it asks it",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/sample.test.ts",
    tests: ["sample() > takes a filter from LOGBRIDGE_FILTER only where code gives none"],
    reason: "a page has no process",
  },
  { on: ["chromium"], file: "packages/intercept-console/test/process-log.test.ts", reason: "a page has no process" },

  {
    on: ["chromium"],
    file: "packages/core/test/clock.test.ts",
    tests: ["in a burst the time goes on within a millisecond, and not back"],
    reason: "a page's clocks are coarse",
  },

  // workerd
  {
    on: ["workerd"],
    file: "packages/adapter-otel/test/conformance-intercept.test.ts",
    tests: [
      "interceptOtel of a provider > the caller of the library comes in with file and line",
      "interceptOtel as a processor > the caller of the library comes in with file and line",
    ],
    reason: "in a bundle all frames are of one file, so that those of a library cannot be told",
  },
  {
    on: ["workerd"],
    file: "packages/adapter-otel/test/echo.test.ts",
    tests: [
      "an exporter that logs while it exports, later, by a timer > does not feed itself as otelSink's exporter",
      "an exporter that logs while it exports, later, by a timer > does not feed itself through a provider with bridgeProcessor, what libraries emit being heard",
      "an exporter that logs while it exports, after an await > does not feed itself as otelSink's exporter",
      "an exporter that logs while it exports, after an await > does not feed itself through a provider with bridgeProcessor, what libraries emit being heard",
    ],
    reason: "a worker has no context that follows what an exporter does later",
  },
  {
    on: ["workerd"],
    file: "packages/adapter-otel/test/options.test.ts",
    tests: ["a certificate file that cannot be read is refused at once"],
    reason: "a worker has no files",
  },
  {
    on: ["workerd"],
    file: "packages/adapter-otel/test/process-listeners.test.ts",
    tests: [
      "many sinks and processors listen to the end of the process by one listener each, and by none once all have left",
    ],
    reason: "a worker's process has no listeners, no stderr and variables of its own alone",
  },
  {
    on: ["workerd"],
    file: "packages/adapter-otel/test/values.test.ts",
    tests: ["code of the user > does not run"],
    reason: "no script of a worker can tell a proxy before it asks it",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/bridge/names.test.ts",
    tests: [
      "a name function that throws costs the record its name and is reported once; the application's call goes on",
    ],
    reason: "a worker's process has no listeners, no stderr and variables of its own alone",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/caller.test.ts",
    tests: [
      "a captured caller > names function, file, line, module and module name",
      "module names > in the application they are the path from the nearest package.json",
    ],
    reason: "a worker has no package.json files",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/catch-trace.test.ts",
    tests: [
      "the catch point of catch > L-CATCH-13, L-ADD-BT-1, L-ADD-BT-3, L-EXC-4: the record names the caller of the wrapped function, and the trace marks its frame",
      "the catch point of catch > L-ADD-BT-2: without backtrace the trace ends there",
      "the catch point of catch > is found in recursion, and nested, each time one's own",
      "the catch point of a log call > is nowhere, and the trace whole, where the one that logs stands in no frame of it",
    ],
    reason: "in a bundle all frames are of one file, so that those of a library cannot be told",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/exception-values.test.ts",
    tests: [
      "diagnose: true > L-ADD-DIAG-1, R-17e: shows the source around the failing line, an arrow at it, and no value",
    ],
    reason: "a worker does not read the sources of its modules",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/exception.test.ts",
    tests: [
      "a rendered exception > shows the source around the failing line where diagnose is on, and only there [L-ADD-DIAG-2]",
    ],
    reason: "a worker does not read the sources of its modules",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/exception.test.ts",
    tests: [
      "an error is described > with class, message, frames, code and own properties, and the very object [S-ERR-5, L-REC-2]",
    ],
    reason: "in a bundle all frames are of one file, so that those of a library cannot be told",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/exception.test.ts",
    tests: ["an error is described > without running code of its owner and without throwing, whatever it is"],
    reason: "no script of a worker can tell a proxy before it asks it",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/exception.test.ts",
    tests: ["an error is described > whose class computes the message: the text in its stack is taken"],
    reason: "the engine writes a stack's title without asking accessors",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/exception.test.ts",
    tests: [
      "frames >     at async Store.save [as put] (file:///srv/my%20app/save.js:3:9) is read",
      "frames >     at async file:///srv/app/save.js:3:9 is read",
    ],
    reason: "where there are no files, their URLs stay what they are",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/format/template.test.ts",
    tests: [
      "what a template may touch > is no code of a proxy, a Map of the user's own, toString or toJSON that throws",
    ],
    reason: "no script of a worker can tell a proxy before it asks it",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/formats.test.ts",
    tests: [
      "the format of a handler > L-ADD-FMT-5 shows one attribute of a field, or the field's own one",
      "the format of a handler > C-18b: a verbose and a simple one, with our fields",
    ],
    reason: "a worker has no id of a process",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/hostile-use.test.ts",
    tests: ["a log call > survives a patcher that freezes the record or sets fields to what no record can have"],
    reason: "a worker has no id of a process",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/json.test.ts",
    tests: ["toPlain and stringify > run no getter and no trap"],
    reason: "no script of a worker can tell a proxy before it asks it",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/levels.test.ts",
    tests: [
      "messages > read the record with opt({ record: true }): its parts as formats show them, and this call's own values",
    ],
    reason: "a worker has no id of a process",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/records-in-handlers.test.ts",
    tests: [
      "the parts of a record > L-REC-11 process: the id is shown by {process}, and it has a name",
      "the parts of a record > L-REC-17 every key of the record can stand in a format, with its attributes and directives",
      "the parts of a record > I-04 a record holds elapsed, exception, extra, file, function, level, line, message, module, name, process, thread and time",
    ],
    reason: "a worker has no id of a process",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/records.test.ts",
    tests: ["what a record carries > times are no whole milliseconds but by chance, and never go back"],
    reason: "a worker's clock stands still between its inputs",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/redaction-leaks.test.ts",
    tests: ["what cannot be copied but inspected > is shown as its kind; what no path reaches stays"],
    reason: "no script of a worker can look into a promise or an iterator",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/redaction-leaks.test.ts",
    tests: ["values that run code when they are read > a proxy among the values of printf is asked by no directive"],
    reason: "no script of a worker can tell a proxy before it asks it",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/redaction.test.ts",
    tests: ["what is redacted > runs no getter and asks no proxy"],
    reason: "no script of a worker can tell a proxy before it asks it",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/serializers.test.ts",
    tests: [
      'serialize: "ecs" > has the fields of the schema',
      'serialize: "ecs" > lets no value of the user stand for a field of the schema',
    ],
    reason: "a worker has no id of a process",
  },

  {
    on: ["workerd"],
    file: "packages/intercept-console/test/process-log.test.ts",
    reason: "a worker's process has no listeners, no stderr and variables of its own alone",
  },
  {
    on: ["workerd"],
    file: "packages/intercept-console/test/redaction.test.ts",
    reason: "debug as it is for Node needs a stderr",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/clock.test.ts",
    tests: ["in a burst the time goes on within a millisecond, and not back"],
    reason: "a worker's clock stands still between its inputs",
  },

  // bun
  {
    on: ["bun"],
    file: "packages/core/test/caller.test.ts",
    tests: ["a captured caller > is null in generated code without a name, and nothing throws"],
    reason: "JavaScriptCore has other frames than V8: native ones between, and no classes in names",
  },
  {
    on: ["bun"],
    file: "packages/core/test/catch-decorators.test.ts",
    tests: [
      "L-CATCH-1, L-CATCH-3: catch as a decorator > of methods, bare and with options (standard)",
      "L-CATCH-1, L-CATCH-3: catch as a decorator > of methods, bare and with options (legacy)",
      "L-CATCH-1, L-CATCH-3: catch as a decorator > in parentheses, as esbuild reads a keyword there",
    ],
    reason: "JavaScriptCore has other frames than V8: native ones between, and no classes in names",
  },
  {
    on: ["bun"],
    file: "packages/core/test/catch-trace.test.ts",
    tests: [
      "the catch point of catch > L-CATCH-13, L-ADD-BT-1, L-ADD-BT-3, L-EXC-4: the record names the caller of the wrapped function, and the trace marks its frame",
      "the catch point of catch > L-ADD-BT-2: without backtrace the trace ends there",
      "the catch point of catch > is there too where the engine has cut the stack: the frames above are appended",
      "the catch point of catch > of a generator is the function that iterates",
      "the catch point of catch > R-17b: the trace begins at the program's start, and marks the catching frame",
      "the catch point of a log call > is the frame of the function that logs, by exception()",
      "the catch point of a log call > is the frame of the function that logs, by error()",
      "the catch point of a log call > is nowhere, and the trace whole, where the one that logs stands in no frame of it",
    ],
    reason: "JavaScriptCore has other frames than V8: native ones between, and no classes in names",
  },
  {
    on: ["bun"],
    file: "packages/core/test/early.test.ts",
    tests: [
      "holdEarly() of the default logger > where no add() comes, held records go to handler 0 when the process ends, however it ends",
    ],
    reason: "JavaScriptCore has other frames than V8: native ones between, and no classes in names",
  },
  {
    on: ["bun"],
    file: "packages/core/test/exception-values.test.ts",
    tests: [
      "values as secrets > L-ENV-8, R-01e: LOGBRIDGE_DIAGNOSE=NO switches them off for the whole program, whatever its code asks for",
      "values as secrets > L-ADD-DIAG-3: by default the trace is whole with source lines, and without values",
    ],
    reason: "is about options of Node, its inspector or its runner of tests",
  },
  {
    on: ["bun"],
    file: "packages/core/test/exception.test.ts",
    tests: ["an error is described > whose class computes the message: the text in its stack is taken"],
    reason: "the engine writes a stack's title without asking accessors",
  },
  {
    on: ["bun"],
    file: "packages/core/test/memory.test.ts",
    tests: ["memorySink() > C-28b: capacity, level and target can be set; they are 100, ERROR and stderr by default"],
    reason: "Bun's own console colours and closes otherwise",
  },
  {
    on: ["bun"],
    file: "packages/core/test/parts-of-records.test.ts",
    tests: ["C-09b: bound loggers are freed with what is bound to them"],
    reason: "is about options of Node, its inspector or its runner of tests",
  },
  {
    on: ["bun"],
    file: "packages/core/test/testing-runners.test.ts",
    tests: ["L-SW-22: node:test removes the handler of captureLogs() after each test that gives its context"],
    reason: "is about options of Node, its inspector or its runner of tests",
  },
  {
    on: ["bun"],
    file: "packages/intercept-console/test/facade.test.ts",
    tests: ["it has every method of the console, and is one to the compiler"],
    reason: "Bun's console is native: other methods, other tables and other traces, and none asks prepareStackTrace",
  },
  {
    on: ["bun"],
    file: "packages/intercept-console/test/force-console.test.ts",
    tests: [
      "a winston Console with forceConsole that was made before the interception > tee: prints what it printed, and each line is a record once, where it can be heard",
    ],
    reason: "Bun's console does not write by process.stdout, and its streams differ from Node's",
  },
  {
    on: ["bun"],
    file: "packages/intercept-console/test/processes.test.ts",
    tests: [
      "calls by references that were taken before arrive in tee mode where Node tells of them, and no call arrives twice",
    ],
    reason: "Bun has no diagnostics channel of its console",
  },
  {
    on: ["bun"],
    file: "packages/intercept-console/test/processes.test.ts",
    tests: [
      "a warning of Node is one record of the console, tee",
      "a warning of Node is one record of the console, replace",
    ],
    reason: "Bun's warnings are not printed by its console",
  },
  {
    on: ["bun"],
    file: "packages/intercept-console/test/streams-own-output.test.ts",
    tests: [
      "the output of sinks is no record, R-20b: tee > what the console prints is one record of the console, whatever prints it",
      "the output of sinks is no record, R-20b: replace > what the console prints is one record of the console, whatever prints it",
    ],
    reason: "Bun's console does not write by process.stdout, and its streams differ from Node's",
  },
  {
    on: ["bun"],
    file: "packages/intercept-console/test/tee.test.ts",
    tests: [
      "tee > prints byte for byte what is printed without us, S-CON-4",
      "tee > the same with colours",
      "tee > a stack keeps its length, whatever the limit",
      "tee > the same with source maps in stacks",
      "tee > an application's own prepareStackTrace gets the sites that it would get without us, once",
    ],
    reason: "Bun's console is native: other methods, other tables and other traces, and none asks prepareStackTrace",
  },

  {
    on: ["bun"],
    file: "packages/intercept-console/test/intercept.test.ts",
    tests: ["tee > table is one record", "replace > table is one record"],
    reason: "a console that Bun makes as Node's draws other tables",
  },
  {
    on: ["bun"],
    file: "packages/intercept-console/test/redaction.test.ts",
    tests: [
      "a secret in a list is in no part of the record > of a console",
      "a secret in an ArrayBuffer is in no part of the record > of a console",
      "a secret in an address is in no part of the record > of a console",
      "a secret in a DataView is in no part of the record > of a console",
    ],
    reason: "a console that Bun makes as Node's fails with a table of such a value",
  },
  {
    on: ["bun", "deno"],
    file: "packages/core/test/ready-pattern.test.ts",
    reason: "asks V8 by flags that Node's module node:v8 sets",
  },
  // deno
  {
    on: ["deno"],
    file: "packages/adapter-otel/test/environment.test.ts",
    tests: [
      "OTEL_LOGS_EXPORTER=console prints lines of OTLP JSON on stdout, of this process alone",
      "a wrong variable is warned of once, by name, without what may be a secret, and not used (LB1633)",
    ],
    reason: "is about options of Node, its runner of tests or how it reads CommonJS",
  },
  {
    on: ["deno"],
    file: "packages/adapter-pino/test/options.test.ts",
    tests: ["the destination of moved options > without one, stdout"],
    reason: "is about options of Node, its runner of tests or how it reads CommonJS",
  },
  {
    on: ["deno"],
    file: "packages/adapter-winston/test/transport.test.ts",
    tests: [
      "what a record has > behind a slow sibling: each record once, in order, with the time that its format has noted, and no wrong caller",
    ],
    reason: "the library's workers and streams differ on Deno",
  },
  {
    on: ["deno"],
    file: "packages/core/test/bridge/streams-behind.test.ts",
    tests: ["writes out at exit what streams of files hold, once, in order, also before the file is open"],
    reason: "is about options of Node, its runner of tests or how it reads CommonJS",
  },
  {
    on: ["deno"],
    file: "packages/core/test/caller-processes.test.ts",
    tests: [
      "the caller is the true line > in TypeScript under tsx, as ES module and as CommonJS",
      "the caller of a foreign library [L-BR-6] > is the dependency that logs through a copy of its own",
      "the caller of a foreign library [L-BR-6] > is not a monitoring product's wrapper, nor Node's code between",
      "the caller of a foreign library [L-BR-6] > is not this library's own code, where that logs through a foreign one",
    ],
    reason: "is about options of Node, its runner of tests or how it reads CommonJS",
  },
  {
    on: ["deno"],
    file: "packages/core/test/catch-trace.test.ts",
    tests: ["the catch point of catch > R-17b: the trace begins at the program's start, and marks the catching frame"],
    reason: "Deno has no frame of the program's own code there",
  },
  {
    on: ["deno"],
    file: "packages/core/test/redaction-leaks.test.ts",
    tests: ["values that run code when they are read > a proxy among the values of printf is asked by no directive"],
    reason: "Deno's inspection asks a proxy",
  },
  {
    on: ["deno"],
    file: "packages/core/test/streams.test.ts",
    tests: [
      "S-EXT-4 a closed stdout ends nothing: the file has everything, the exit code is the program's own, the rest is counted",
    ],
    reason: "Deno ends with a closed stdout",
  },
  {
    on: ["deno"],
    file: "packages/core/test/testing-runners.test.ts",
    tests: ["L-SW-22: node:test removes the handler of captureLogs() after each test that gives its context"],
    reason: "is about options of Node, its runner of tests or how it reads CommonJS",
  },
  {
    on: ["deno"],
    file: "packages/intercept-console/test/force-console.test.ts",
    tests: [
      "a winston Console with forceConsole that was made before the interception > tee: prints what it printed, and each line is a record once, where it can be heard",
    ],
    reason: "Deno's console does not write by process.stdout, and its streams differ from Node's",
  },
  {
    on: ["deno"],
    file: "packages/intercept-console/test/processes.test.ts",
    tests: [
      "calls by references that were taken before arrive in tee mode where Node tells of them, and no call arrives twice",
    ],
    reason: "Deno has no diagnostics channel of its console",
  },
  {
    on: ["deno"],
    file: "packages/intercept-console/test/processes.test.ts",
    tests: [
      "a warning of Node is one record of the console, tee",
      "a warning of Node is one record of the console, replace",
    ],
    reason: "Deno's warnings are not printed by its console",
  },
  {
    on: ["deno"],
    file: "packages/intercept-console/test/stream-interception.test.ts",
    tests: ["a worker's own stream"],
    reason: "the console of a worker of Deno writes by itself, whatever stdout the worker was given",
  },
  {
    on: ["deno"],
    file: "packages/intercept-console/test/streams-own-output.test.ts",
    tests: [
      "the output of sinks is no record, R-20b: tee > what the console prints is one record of the console, whatever prints it",
      "the output of sinks is no record, R-20b: replace > what the console prints is one record of the console, whatever prints it",
    ],
    reason: "Deno's console does not write by process.stdout, and its streams differ from Node's",
  },
  {
    on: ["deno"],
    file: "packages/intercept-console/test/tee.test.ts",
    tests: [
      "tee > prints byte for byte what is printed without us, S-CON-4",
      "tee > the same with colours",
      "tee > a stack keeps its length, whatever the limit",
      "tee > the same with source maps in stacks",
    ],
    reason: "Deno's console has other tables and other traces",
  },
  {
    on: ["deno"],
    file: "packages/core/test/exception-values.test.ts",
    reason: "Deno's inspector waits for ever",
    never: true,
  },
  {
    on: ["deno"],
    file: "packages/intercept-console/test/inspector.test.ts",
    reason: "Deno's inspector waits for ever",
    never: true,
  },

  {
    on: ["bun"],
    file: "packages/core/test/caller-capture.test.ts",
    tests: ["a method's look at the stack > keeps nothing alive of the frame that it has seen"],
    reason: "is about options of Node, its inspector or its runner of tests",
  },

  {
    on: ["deno"],
    file: "packages/core/test/caller-capture.test.ts",
    tests: ["a method's look at the stack > keeps nothing alive of the frame that it has seen"],
    reason: "Deno's call sites are objects of its own that hold on to the frame",
  },
  {
    on: ["deno"],
    file: "packages/intercept-console/test/understand.test.ts",
    tests: ["colours are in neither the text nor its template; the values keep them"],
    reason: "Deno writes the codes of characters in small letters",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/bridge/breaker.test.ts",
    tests: [
      "a sink whose texts come back outside of every context is cut > by a timer of 1 ms, within 10 seconds, before 100 echoes",
    ],
    reason: "a page's timers take 4 ms, and the test's own clock waits for ten thousand of them",
  },
  {
    on: ["bun"],
    file: "packages/adapter-winston/test/crash.test.ts",
    tests: [
      "an uncaught error of a logger with handlers of its own: exceptions > winstonSinks() brings these handlers, and the process ends as without us",
    ],
    reason: "winston alone writes its last record in some runs and not in others",
    unsteady: true,
  },
  {
    on: ["deno"],
    file: "packages/adapter-pino/test/sink.test.ts",
    tests: [
      "a worker > gets pino's configuration, in which SUCCESS has its name",
      "a transport of many kinds > has a pipeline, and one that is made with pino-abstract-transport, which waits for the configuration",
    ],
    reason:
      "a worker of Deno loses what pino alone posts to it too, the configuration, where its modules are read late",
    unsteady: true,
  },
  {
    on: ["deno"],
    file: "packages/adapter-otel/test/http.test.ts",
    tests: ["requests > on a connection that the collector has closed meanwhile are made once more, which is counted"],
    reason: "Deno's client makes a request again by itself, and tells nobody",
  },
  {
    on: ["deno"],
    file: "packages/adapter-otel/test/sink.test.ts",
    tests: [
      "what becomes of records > a request that is under way when the sink is removed is given up, and not made again",
    ],
    reason: "Deno's client makes a request again by itself, and tells nobody",
  },
  {
    on: ["workerd"],
    file: "packages/core/test/web-streams.test.ts",
    tests: ["a Web stream that breaks while a write hangs is heard of, by what waits and by what comes"],
    reason: "a stream of workerd does not tell that it has broken while a write hangs",
  },
];
