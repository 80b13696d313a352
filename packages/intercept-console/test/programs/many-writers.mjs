for (let round = 0; round < 30; round++) {
  process.stdout.write(`out ${round} `);
  process.stderr.write(`err ${round}\n`);
  console.log("end of", round);
  if (round % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
}
process.stdout.write(Buffer.from("68c3a9c3", "hex"));
process.stdout.write(Buffer.from("a8", "hex"), () => process.stdout.write("0aff00fe0a", "hex"));
