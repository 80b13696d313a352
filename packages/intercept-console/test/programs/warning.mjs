process.on("warning", (warning) => console.log("heard", warning.name, warning.code, warning.detail));
console.log("one");
process.emitWarning("careful", { type: "AppWarning", code: "APP01", detail: "what to do:\nnothing" });
console.error("two");
process.emitWarning(new Error("given as an error"));
process.nextTick(() => console.log("three"));
setImmediate(() => process.emitWarning("later"));
process.on("exit", () => process.emitWarning("too late to be seen"));
