let rounds = 0;
process.on("beforeExit", (code) => {
  console.log("beforeExit", code, rounds);
  if (rounds++ < 2) setImmediate(() => console.log("more work"));
});
process.on("exit", (code) => process.stdout.write(`exit ${code}\n`));
