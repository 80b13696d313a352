const stay = setInterval(() => {}, 1000);
process.once("SIGTERM", (signal) => {
  console.log("got", signal);
  clearInterval(stay);
  process.exitCode = 9;
});
process.kill(process.pid, "SIGTERM");
