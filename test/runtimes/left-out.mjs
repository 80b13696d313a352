// What cannot run on a runtime, and why. Each is run all the same, and one that passes has to leave this list.

/**
 * @typedef {object} Exception
 * @property {readonly string[]} on names of runtimes
 * @property {string} file
 * @property {readonly string[]} [tests] their titles, with those of the suites around them, joined by " > "; default: the whole file
 * @property {string} reason
 * @property {true} [never] it is not run: it would hang, or end the process
 */

/** @type {readonly Exception[]} */
export const leftOut = [
  // Chromium
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
    file: "packages/core/test/context.test.ts",
    tests: [
      "context > L-CTX-1 C-10a contextualize() holds for everything inside, across await, through any logger",
      "context > contextualize in its other forms: wrapped, and entered until disposed",
      "context > extra merges: configure, contextualize, bind, the call; later wins",
    ],
    reason: "a page has no context that follows asynchronous code",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/contexts.test.ts",
    tests: [
      "contextualize > L-CTX-2 values are private to each asynchronous task",
      "contextualize > L-CTX-3 the former state is back when the block ends, also by an error",
      "contextualize > L-CTX-4 as a wrapper of a function: each call enters anew, and result and arguments pass through",
      "contextualize > L-CTX-5 around a block without a callback, by `using`",
      "contextualize > L-CTX-6 `Processing! | { task_id: 123 }`, then `Done. | {}`",
    ],
    reason: "a page has no context that follows asynchronous code",
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
    file: "packages/core/test/exception-values.test.ts",
    tests: [
      'diagnose: "values" > L-CATCH-17, L-ADD-DIAG-1: the record shows the values of x, y, z at the failing line',
      'diagnose: "values" > L-EXC-1, R-17c: the documented example shows the chain with the values of each function under its line',
      'diagnose: "values" > are those of the time of the throw, each block\'s, and of asynchronous functions',
      'diagnose: "values" > are read without running a getter, a trap or a toString',
      'diagnose: "values" > are bounded in length, depth and number, and without control characters',
      'diagnose: "values" > L-CATCH-14: are shown by the handlers that ask for them alone',
      'diagnose: "values" > are kept while a handler asks for them, and no longer',
    ],
    reason: "a page cannot inspect itself",
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
    file: "packages/core/test/memory.test.ts",
    tests: [
      "memorySink({ by }) > each request has a buffer of its own, and the error of one writes that one's records",
    ],
    reason: "a page has no context that follows asynchronous code",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/parts-of-records.test.ts",
    tests: [
      "L-TYPE-3: the types of logger, sink, record and its parts, level, and what catch, contextualize and complete give are exported",
    ],
    reason: "a page has no context that follows asynchronous code",
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
    file: "packages/core/test/redaction.test.ts",
    tests: [
      "the message of a redacting handler > holds no secret with context and bound values, and no sink of any shape does",
    ],
    reason: "a page has no context that follows asynchronous code",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/sample.test.ts",
    tests: [
      "sample() > finds the key wherever extra has it from: bound, contextual, the call's own, a patcher's; the later wins",
    ],
    reason: "a page has no context that follows asynchronous code",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/sample.test.ts",
    tests: ["sample() > takes a filter from LOGBRIDGE_FILTER only where code gives none"],
    reason: "a page has no process",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/throttle.test.ts",
    tests: [
      "throttle() > what configure() says is in a summary too: values, patcher, redaction; what a call brings is not",
    ],
    reason: "a page has no context that follows asynchronous code",
  },
  {
    on: ["chromium"],
    file: "packages/core/test/types.test.ts",
    tests: ["L-TYPE-1 types ship with the package > contextualize gives the function's result"],
    reason: "a page has no context that follows asynchronous code",
  },
  { on: ["chromium"], file: "packages/intercept-console/test/process-log.test.ts", reason: "a page has no process" },

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
    file: "packages/core/test/sample.test.ts",
    tests: ["sample() > takes a filter from LOGBRIDGE_FILTER only where code gives none"],
    reason: "a worker's process has no listeners, no stderr and variables of its own alone",
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
    file: "packages/intercept-console/test/facade-conformance.test.ts",
    tests: [
      "conformance of asStringFirst, facade > caller: the caller of the library comes in with file and line",
      "conformance of asObjectFirst, facade > caller: the caller of the library comes in with file and line",
    ],
    reason: "in a bundle all frames are of one file, so that those of a library cannot be told",
  },
];
