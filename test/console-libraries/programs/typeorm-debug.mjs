// TypeORM by its logger "debug": the copy of `debug` that it uses is the application's.
import { interceptDebug } from "@logbridge/intercept-console";
import createDebug from "debug";
import { DataSource } from "typeorm";
import { logger, say } from "../setting.mjs";

interceptDebug(createDebug, {
  logger,
  mode: "replace",
  levels: { "typeorm:*error": "ERROR", "typeorm:*slow,typeorm:warn": "WARNING" },
});
createDebug.enable("typeorm:*");

const source = new DataSource({ type: "sqljs", logging: true, logger: "debug" });
await source.initialize();
await source.query("SELECT ? AS answer", [42]);
await source.query("SELECT * FROM nowhere").catch(() => {});
await source.destroy();
say();
