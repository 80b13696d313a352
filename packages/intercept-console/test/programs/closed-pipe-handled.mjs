process.stdout.on("error", (error) => {
  process.stderr.write(`stdout: ${error.code}\n`);
  process.exit(8);
});
setInterval(() => process.stdout.write("line\n"), 1);
