process.on("exit", (code) => process.stderr.write(`exit ${code}\n`));
for (let count = 0; count < 20; count++) {
  console.log("line", count);
  await new Promise((resolve) => setTimeout(resolve, 5));
}
