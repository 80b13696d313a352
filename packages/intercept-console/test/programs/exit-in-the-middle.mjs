process.on("exit", (code) => console.log("exit listener, code", code));
for (let line = 0; line < 50; line++) {
  console.log("line", line);
  if (line === 20) process.exit(3);
}
