import { create } from "node:domain";

const domain = create();
domain.on("error", (error) => console.log("the domain has", error.message));
domain.run(() =>
  setImmediate(() => {
    throw new Error("in a domain");
  }),
);
setTimeout(() => console.log("goes on"), 10);
