// The lines of docs/loggers-for-libraries.md, as the compiler sees them.
import { ApolloServer } from "@apollo/server";
import { SQSClient } from "@aws-sdk/client-sqs";
import { logger } from "@logbridge/core";
import { asConsole, asObjectFirst, asStringFirst, interceptDebug } from "@logbridge/intercept-console";
import createDebug from "debug";
import { Inngest } from "inngest";
import { Kafka } from "kafkajs";
import { Sequelize } from "sequelize";
import { DataSource } from "typeorm";

export const sqs: SQSClient = new SQSClient({ logger: asObjectFirst(logger.forModule("aws")) });
export const sqsConsole: SQSClient = new SQSClient({ logger: asConsole(logger) });

export const kafka: Kafka = new Kafka({
  brokers: ["127.0.0.1:9092"],
  logCreator:
    () =>
    ({ namespace, label, log: { message, ...fields } }) =>
      asObjectFirst(logger.forModule(`kafkajs/${namespace}`))[label.toLowerCase() as "info"](fields, message),
});

export const sequelize: Sequelize = new Sequelize({
  dialect: "sqlite",
  benchmark: true,
  logQueryParameters: true,
  logging: (sql, ms) => asObjectFirst(logger.forModule("sequelize")).debug({ ms }, sql),
});

const log = asObjectFirst(logger.forModule("typeorm"));
export const source: DataSource = new DataSource({
  type: "sqljs",
  logging: "all",
  logger: {
    logQuery: (query, parameters) => log.debug({ parameters }, query),
    logQueryError: (error, query, parameters) => log.error({ error, parameters }, query),
    logQuerySlow: (ms, query, parameters) => log.warn({ ms, parameters }, query),
    logSchemaBuild: (message) => log.info(message),
    logMigration: (message) => log.info(message),
    log: (level, message) => log[level === "log" ? "info" : level](message),
  },
});

export const server: ApolloServer = new ApolloServer({
  typeDefs: "type Query { hello: String }",
  logger: asStringFirst(logger.forModule("apollo")),
});

export const inngest: Inngest = new Inngest({ id: "shop", logger: asObjectFirst(logger.forModule("inngest")) });

interceptDebug(createDebug, { levels: { "*:error": "ERROR", "app:warn*": "WARNING" } });
