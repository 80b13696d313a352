const [entry = ""] = process.argv.slice(2);
const loaded = await import(entry);
console.log(JSON.stringify(Object.keys(loaded).sort()));
