/**
 * A test that cannot hold with an old version, because the library lacks what it is about.
 * @typedef {object} Exception
 * @property {"winston" | "pino" | "log4js"} library
 * @property {string} below the first version, of those that are tested, with which the test holds
 * @property {string} [from] the first one with which it does not; without it, the oldest
 * @property {string} test its name, or the end of it, as the report has it
 * @property {string} why what the library lacks
 */

/** All of them. A test that is named here and holds all the same is an error, as one that is not named and fails. @type {readonly Exception[]} */
export const exceptions = [
  ...["of all loggers", "of one logger"].flatMap((which) => [
    {
      library: /** @type {const} */ ("pino"),
      below: "10.4.0",
      test: `interceptPino ${which} fields named like a record's own parts are kept and replace nothing`,
      why: "the keys `__proto__` and `constructor` make it throw, or its line no JSON",
    },
    {
      library: /** @type {const} */ ("pino"),
      from: "8.21.0",
      below: "10.4.0",
      test: `interceptPino ${which} a key __proto__ reaches no prototype`,
      why: "the key `__proto__` makes it throw",
    },
  ]),
  {
    library: "pino",
    below: "10.4.0",
    test: "a level that crosses is followed by our number of it: nothing that we want is held back",
    why: "every child has a level of its own",
  },
  ...["in tee mode", "in replace mode"].map((mode) => ({
    library: /** @type {const} */ ("pino"),
    below: "10.4.0",
    test: `${mode} S-TIM-3: the record's time is the line's, whatever the clock: isoTimeNano`,
    why: "it has no isoTimeNano",
  })),
  {
    library: "pino",
    below: "10.4.0",
    test: "the time is the record's, in the form of the logger's own clock: isoTimeNano",
    why: "it has no isoTimeNano",
  },
  {
    library: "pino",
    below: "10.4.0",
    test: "in replace mode one logger follows ours, with children that have none of their own, and comes back",
    why: "every child has a level of its own",
  },
  {
    library: "pino",
    below: "8.21.0",
    test: "is what the line says: fields, nested keys, bindings, prefix, mixin and formatters",
    why: "children have no msgPrefix",
  },
  {
    library: "pino",
    below: "8.21.0",
    test: "SUCCESS is 35, by the logger's own formatter and hook, under its own level",
    why: "there is no msgPrefix",
  },
  {
    library: "pino",
    below: "8.21.0",
    test: "gets pino's configuration, in which SUCCESS has its name",
    why: "workers are sent no configuration",
  },
  {
    library: "pino",
    below: "8.21.0",
    test: "S-SPI-1: a target whose level is a custom name gets SUCCESS and ERROR",
    why: "pino.transport() takes no levels",
  },
  ...["pinoSinks", "propagateToPino"].map((name) => ({
    library: /** @type {const} */ ("pino"),
    below: "8.21.0",
    test: `a secret under a redacted path reaches no foreign output ${name}`,
    why: "its serializer leaves out the errors inside an AggregateError",
  })),
  {
    library: "pino",
    below: "8.21.0",
    test: "with mixin, nested key, prefix and formatters at once is what the line says",
    why: "there is no msgPrefix",
  },
  {
    library: "pino",
    below: "8.21.0",
    test: 'among levels that are compared the other way ("DESC") keeps its meaning',
    why: "it has no levelComparison",
  },
  {
    library: "pino",
    below: "8.21.0",
    test: "lines of moved options are those that pino writes prefix and line ends",
    why: "there is no msgPrefix",
  },
  {
    library: "pino",
    below: "10.4.0",
    test: "lines of moved options are those that pino writes hooks.streamWrite",
    why: "it has no such hook",
  },
  {
    library: "pino",
    below: "8.21.0",
    test: "a transport is made by one that is loaded, with levels of its targets",
    why: "pino.transport() takes no levels",
  },
  {
    library: "pino",
    below: "8.21.0",
    test: "has a pipeline, and one that is made with pino-abstract-transport, which waits for the configuration",
    why: "workers are sent no configuration",
  },
  {
    library: "pino",
    below: "8.21.0",
    test: "pinoSinks moves prefix, custom levels and the form of the time too",
    why: "there is no msgPrefix",
  },
  {
    library: "pino",
    below: "8.21.0",
    test: "lines of moved options are those that pino writes keys",
    why: "it has no errorKey",
  },
  {
    library: "pino",
    below: "8.21.0",
    test: "lines of moved options are those that pino writes mixin",
    why: "its mixin is not told the level",
  },
  {
    library: "pino",
    below: "8.21.0",
    test: "a transport is made by the pino that is given, with levels of its targets",
    why: "pino.transport() takes no levels",
  },
  {
    library: "pino",
    below: "8.21.0",
    test: "a transport is made by a pino that takes one caller, with levels of its targets",
    why: "pino.transport() takes no levels",
  },
  {
    library: "log4js",
    below: "6.9.1",
    test: "calls without a text",
    why: "log() drops a first value that is no level",
  },
  {
    library: "log4js",
    below: "6.9.1",
    test: "log4js that is not configured stays so, and yields nothing, as it prints nothing",
    why: "it has no isConfigured()",
  },
  {
    library: "log4js",
    below: "6.9.1",
    test: "the caller is there for %f, %l and %M",
    why: "its pattern layout has no %M",
  },
  {
    library: "log4js",
    below: "6.4.7",
    test: "the caller is the line of the call, through every way of calling",
    why: "log() says nothing of its own about what is no level",
  },
  {
    library: "log4js",
    below: "6.4.7",
    test: "the module has what the module has",
    why: "it has no recording()",
  },
  {
    library: "log4js",
    below: "6.4.7",
    test: "recording: the events are in log4js.recording()",
    why: "it has no recording()",
  },
  {
    library: "log4js",
    below: "6.4.7",
    test: "S-INT-7: each record once after configure(), again and again, as long as log4js itself would write it",
    why: "shutdown() demands a callback",
  },
  ...[
    "a configuration that the appender refuses: LB1531 with its words",
    "mistakes are errors of the call a type's options",
    "mistakes are errors of the call what was made before the mistake is ended",
  ].map((test) => ({
    library: /** @type {const} */ ("log4js"),
    below: "6.4.7",
    test,
    why: "its appenders refuse no configuration",
  })),
  {
    library: "log4js",
    below: "6.4.7",
    test: "numBackups: of the files that a date has left behind only so many stay",
    why: "it has no numBackups",
  },
  ...[
    "several that listen to it hear each line once each, and one in replace silences it",
    "the raw stage has what was given, the line what the hook made",
    "a logger whose hook changes its lines (tee) is heard as the hook gives them, which runs once, with the caller's line",
    "a logger whose hook changes its lines (tee) is heard as text where the hook makes no JSON",
    "a logger whose hook changes its lines (tee) is heard as it is where the hook writes it in another form",
    "a logger whose hook changes its lines (tee) gets its own lines back unchanged",
    "a logger whose hook changes its lines (replace) is heard as the hook gives them, which runs once, with the caller's line",
    "a logger whose hook changes its lines (replace) is heard as text where the hook makes no JSON",
    "a logger whose hook changes its lines (replace) is heard as it is where the hook writes it in another form",
    "a logger whose hook changes its lines (replace) gets its own lines back unchanged",
    "what a hook hides of an error is in no record an error",
    "what a hook hides of an error is in no record as err",
    "what a hook hides of an error is in no record as error",
    "what a hook hides of an error is in no record in a cause of its own",
  ].map((test) => ({
    library: /** @type {const} */ ("pino"),
    below: "10.4.0",
    test,
    why: "it has no hooks.streamWrite",
  })),
  ...["what a hook hides of an error is in no record among several"].map((test) => ({
    library: /** @type {const} */ ("pino"),
    from: "8.21.0",
    below: "10.4.0",
    test,
    why: "it has no hooks.streamWrite",
  })),
  ...[
    "a logger's level is kept by its sinks while it follows ours, children's too; another that is set counts from then on",
  ].map((test) => ({
    library: /** @type {const} */ ("pino"),
    below: "10.4.0",
    test,
    why: "every child has a level of its own",
  })),
  ...[
    'levels have pino\'s order: {"levelComparison":"DESC","customLevels":{"big":10,"small":30},"useOnlyCustomLevels":true,"level":"big"}',
    'levels have pino\'s order: {"levelComparison":"DESC","customLevels":{"big":10,"small":30},"useOnlyCustomLevels":true,"level":"small"}',
    'levels have pino\'s order: {"levelComparison":"foo"} is refused, as by pino',
    "a logger's level silent writes nothing, and a level that is compared the other way counts as such",
  ].map((test) => ({
    library: /** @type {const} */ ("pino"),
    below: "8.21.0",
    test,
    why: "it has no levelComparison",
  })),
  ...[
    "values that JSON has no word for arrive as the line has them, at stage raw as they are",
    "the text of a call with { err, msg } is pino's",
    "new records have what the logger's mixin gives, by its strategy",
  ].map((test) => ({
    library: /** @type {const} */ ("pino"),
    below: "8.21.0",
    test,
    why: "its own line for the call is another one",
  })),
  ...[
    "none",
    "label with message",
    "metadata()",
    "logstash()",
    "splat() and simple()",
    "errors({ stack, cause })",
    "a replacer",
    "an uncopied whole",
  ].map((format) => ({
    library: /** @type {const} */ ("winston"),
    from: "3.8.2",
    below: "3.19.0",
    test: `a record that returns to winston's own outputs: ${format} moved, and called through the facade: winston's own lines`,
    why: "its own logger does not take an error's cause into the info, which the facade does as later versions do",
  })),
];
