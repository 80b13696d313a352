process.on("uncaughtException", (error, origin) => {
  console.error("handled:", error.message, origin);
  process.exitCode = 5;
});
setImmediate(() => console.log("goes on"));
throw new Error("first");
