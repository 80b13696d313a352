process.on("exit", (code) => process.stderr.write(`exit ${code}\n`));
const writing = setInterval(() => process.stdout.write("line\n"), 1);
setTimeout(() => clearInterval(writing), 5000);
