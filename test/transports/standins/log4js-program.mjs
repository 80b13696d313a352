// `node log4js-program.mjs <file> <appenders that receive, as JSON>`: log4js as the users of another process have it.
import log4js from "log4js";

const [file = "", appenders = "{}"] = process.argv.slice(2);
log4js.configure({
  levels: { SUCCESS: { value: 25_000, colour: "green" } },
  appenders: { file: { type: "file", filename: file }, ...JSON.parse(appenders) },
  categories: { default: { appenders: ["file"], level: "all" } },
});
// It stays until it is ended: its servers let a process go.
setInterval(() => {}, 60_000);
setTimeout(() => process.send?.("listening"), 200);
