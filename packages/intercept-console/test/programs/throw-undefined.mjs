process.on("exit", (code) => console.log("exit listener, code", code));
console.log("before");
throw undefined;
