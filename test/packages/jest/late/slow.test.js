// Keeps jest running until the timers of the other files have fired.
test("takes its time", () => new Promise((resolve) => setTimeout(resolve, 1500)));
