console.log("before");
process.stdout.end("last words\n");
process.stdout.on("error", (error) => console.error("after the end:", error.code));
setImmediate(() => process.stdout.write("lost\n"));
