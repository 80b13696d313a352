process.on("exit", () => {
  console.log("first exit listener");
  throw new Error("thrown at exit");
});
process.on("exit", () => console.log("second exit listener"));
console.log("the end");
