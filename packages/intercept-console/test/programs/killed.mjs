console.log("before");
process.stderr.write("a moment before\n");
process.kill(process.pid, "SIGTERM");
setTimeout(() => console.log("never printed"), 5000);
