const line = `${"x".repeat(1023)}\n`;
for (let count = 0; count < 500; count++) process.stdout.write(line);
console.error("half");
process.stdout.write(line.repeat(500), () => process.exit(2));
