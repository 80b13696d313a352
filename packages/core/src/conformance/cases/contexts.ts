import { platform } from "#platform";
import type { Logger } from "../../logger/logger.ts";
import { ALL, INWARD, type Scenario } from "../scenario.ts";
import { expectMessage } from "./message-text.ts";

const BOUND = { requestId: "r-17", tenant: { id: 4 } };

export const contexts: readonly Scenario[] = [
  {
    name: "bound values arrive with each record, and calls beside them are untouched",
    group: "context",
    explanation:
      "A request's id is bound once and searched for in every line; on a line of another request it misleads.",
    verbs: ALL,
    steps: async (bench) => {
      await bench.make();
      bench.say({ message: "inside", bound: BOUND, fields: { step: 1 } });
      bench.say({ message: "outside" });
      const [inside, outside] = await bench.arrived();
      expectMessage(bench, inside?.message, "inside");
      bench.exam.same("message", outside?.message, "outside", "the second call");
      const values = { ...inside?.context, ...inside?.fields };
      bench.exam.same("fields", values["step"], 1, "the call's own field");
      bench.exam.same(
        "context",
        { requestId: values["requestId"], tenant: values["tenant"] },
        BOUND,
        "the bound values",
      );
      const leaked = { ...outside?.context, ...outside?.fields }["requestId"];
      bench.exam.same("fields", leaked, undefined, "a call that is not bound must not have the value");
    },
  },
  {
    name: "a call's own value wins over a bound one of the same name",
    group: "context",
    explanation: "A retry binds attempt 1 and logs attempt 2: the older value would be a lie.",
    verbs: ALL,
    steps: async (bench) => {
      await bench.make();
      bench.say({ message: "again", bound: { attempt: 1 }, fields: { attempt: 2 } });
      const got = await bench.single("one call");
      expectMessage(bench, got.message, "again");
      bench.exam.same("fields", got.fields?.["attempt"], 2, "the value");
    },
  },
  {
    name: "values of contextualize arrive, across await",
    group: "context",
    explanation:
      "The legacy parts of a request know nothing of its id; the asynchronous context is what joins their lines to it.",
    verbs: ALL,
    steps: async (bench) => {
      // Where the runtime has no asynchronous context there is nothing that an adapter could carry.
      if (platform.createContextStore() === null) return;
      await bench.make();
      await bench.logger.contextualize({ task: "nightly" }, async () => {
        await Promise.resolve();
        bench.say({ message: "inside" });
      });
      const got = await bench.single("one call inside contextualize");
      bench.exam.same("fields", { ...got.context, ...got.fields }["task"], "nightly", "the contextual value");
    },
  },
  {
    name: "what comes in is an ordinary record: values bound to our logger and its patchers apply",
    group: "context",
    explanation:
      "Redaction, tenant and trace ids are put on records by patchers; foreign records that pass them by are a hole.",
    verbs: INWARD,
    steps: async (bench) => {
      const patched = bench.logger.bind({ service: "billing" }).patch((record) => {
        (record.extra as Record<string, unknown>)["patched"] = true;
      }) as unknown as Logger;
      await bench.make({}, patched);
      bench.say({ message: "foreign" });
      const { fields } = await bench.single("one call, with a logger that has bound values and a patcher");
      bench.exam.same(
        "fields",
        { service: fields?.["service"], patched: fields?.["patched"] },
        { service: "billing", patched: true },
        "the values",
      );
    },
  },
  {
    name: "the name of the logger arrives",
    group: "name",
    explanation:
      "Names, labels and categories are how people find the part of an application that spoke, and switch it off.",
    verbs: ALL,
    steps: async (bench) => {
      await bench.make();
      bench.say({ message: "named", name: "billing" });
      const got = await bench.single('one call through the logger "billing"');
      bench.exam.same("message", got.message, "named", "the message");
      bench.exam.same("name", got.name, "billing", "the name");
    },
  },
];
