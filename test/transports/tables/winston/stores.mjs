import { masked, parsed } from "../../row.mjs";
import { redis } from "../../standins/redis.mjs";
import { mailOf, smtp } from "../../standins/smtp.mjs";
import { errAt } from "./differences.mjs";

/** @type {readonly import("../../row.mjs").Row[]} */
export const stores = [
  {
    name: "winston-mail",
    package: "winston-mail",
    kind: "a mail for each record, one after the other; its level is info unless it is set",
    backend: smtp,
    make: async ({ host, port }) => {
      const { Mail } = await import("winston-mail");
      return new Mail({ level: "silly", to: "ops@localhost", from: "app@localhost", host, port });
    },
    records: (mails) => mails.map(mailOf),
  },
  {
    name: "winston-redis",
    package: "winston-redis",
    kind: "a list in Redis; calls back when Redis has answered",
    backend: redis,
    make: async ({ host, port }) => {
      const { default: RedisTransport } = await import("winston-redis");
      return new RedisTransport({ host, port, length: 1000, channel: "logs" });
    },
    records: (commands) =>
      masked(parsed(commands.filter(([name]) => /^lpush$/i.test(name)).map(([, , text]) => text)), ["timestamp"]),
    differs: [errAt("meta.err")],
  },
];
