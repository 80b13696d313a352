process.on("log", (level, ...args) => level !== "pause" && console.error("npm", level, ...args));
process.emit("log", "pause");
process.emit("log", "warn", "title", "%s of %d", "one", 2);
process.emit("log", "http", "fetch", "GET 200");
