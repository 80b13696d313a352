// Sequelize: queries of a database in memory, by a driver with the face of sqlite3.
import { asObjectFirst } from "@logbridge/intercept-console";
import { Sequelize } from "sequelize";
import initialize from "sql.js";
import { logger, say } from "../setting.mjs";

const { Database: Memory } = await initialize();

class Database {
  #memory = new Memory();
  constructor(filename, _mode, opened) {
    this.filename = filename;
    setImmediate(opened, null);
  }
  run(sql, values, done = () => {}) {
    this.#answer(sql, values, typeof values === "function" ? values : done);
  }
  all(sql, values, done) {
    this.#answer(sql, values, done);
  }
  #answer(sql, values, done) {
    try {
      const [found] = this.#memory.exec(sql, typeof values === "function" ? {} : values);
      const rows = found?.values.map((row) => Object.fromEntries(row.map((value, at) => [found.columns[at], value])));
      done.call({ lastID: 0, changes: 0 }, null, rows ?? []);
    } catch (error) {
      done.call({}, error);
    }
  }
  serialize(run) {
    run();
  }
  close(done) {
    done?.();
  }
}

const sequelize = new Sequelize({
  dialect: "sqlite",
  dialectModule: { Database, OPEN_READWRITE: 2, OPEN_CREATE: 4 },
  benchmark: true,
  logQueryParameters: true,
  logging: (sql, ms) => asObjectFirst(logger.forModule("sequelize")).debug({ ms }, sql),
});
const [rows] = await sequelize.query("SELECT $answer AS answer", { bind: { answer: 42 } });
const failed = await sequelize.query("SELECT * FROM nowhere").then(
  () => null,
  (error) => error.name,
);
say({ rows, failed });
