test("leaves a timer that prints", () => {
  setTimeout(() => console.warn("late by the console"), 200);
});
