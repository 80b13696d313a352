process.exitCode = 4;
console.warn("the code is set");
setTimeout(() => console.log("and kept"), 5);
