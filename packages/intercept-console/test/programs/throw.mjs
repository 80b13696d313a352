console.log("before");
setTimeout(() => {
  console.error("about to throw");
  throw new TypeError("nobody catches this");
}, 5);
process.on("exit", (code) => console.log("exit listener, code", code));
