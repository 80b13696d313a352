const [entry = ""] = process.argv.slice(2);
const loaded = require(entry);
require.resolve(`${entry.split("/").slice(0, 2).join("/")}/package.json`);
console.log(JSON.stringify(Object.keys(loaded).sort()));
