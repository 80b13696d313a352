process.on("uncaughtException", (error) => {
  console.error("handled:", error.message);
  throw new Error("thrown by the handler");
});
throw new Error("first");
