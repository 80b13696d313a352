// KafkaJS: nobody listens at the broker's address.
import { asObjectFirst } from "@logbridge/intercept-console";
import kafkajs from "kafkajs";
import { logger, say } from "../setting.mjs";

const kafka = new kafkajs.Kafka({
  brokers: ["127.0.0.1:1"],
  retry: { retries: 0 },
  logCreator:
    () =>
    ({ namespace, label, log: { message, ...fields } }) =>
      asObjectFirst(logger.forModule(`kafkajs/${namespace}`))[label.toLowerCase()](fields, message),
});
const failed = await kafka
  .admin()
  .connect()
  .then(
    () => null,
    (error) => error.name,
  );
say({ failed });
