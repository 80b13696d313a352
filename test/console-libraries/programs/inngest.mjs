// Inngest: what its functions log, and what it says itself, by a request to its handler.
import { asObjectFirst } from "@logbridge/intercept-console";
import { Inngest } from "inngest";
import { serve } from "inngest/edge";
import { logger, say } from "../setting.mjs";

const inngest = new Inngest({ id: "shop", isDev: true, logger: asObjectFirst(logger.forModule("inngest")) });
const greet = inngest.createFunction(
  { id: "greet", retries: 0, triggers: [{ event: "shop/greet" }] },
  ({ logger: log }) => {
    log.info({ user: 7 }, "hello %s", "ada");
    log.warn("careful", { reason: "test" });
    throw new TypeError("refused");
  },
);
const handler = serve({ client: inngest, functions: [greet] });
const event = { name: "shop/greet", data: {}, id: "1", ts: 1 };
const context = {
  run_id: "1",
  attempt: 0,
  disable_immediate_execution: false,
  use_api: false,
  stack: { stack: [], current: 0 },
};
const response = await handler(
  new Request("http://127.0.0.1/api/inngest?fnId=shop-greet&stepId=step", {
    method: "POST",
    headers: { "content-type": "application/json", host: "127.0.0.1" },
    body: JSON.stringify({ event, events: [event], steps: {}, ctx: context, version: 1 }),
  }),
);
say({ status: response.status, answer: await response.text() });
