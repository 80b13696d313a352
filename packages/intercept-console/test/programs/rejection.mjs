console.log("before");
process.on("exit", (code) => console.log("exit listener, code", code));
Promise.reject(new RangeError("nobody handles this"));
setTimeout(() => console.log("never printed"), 1000);
