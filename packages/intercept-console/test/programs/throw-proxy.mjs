// Whoever looks into it runs its traps.
const traps = {
  get(target, key) {
    if (typeof key === "string") console.log("looked at", key);
    return Reflect.get(target, key);
  },
};
process.on("uncaughtException", () => console.log("caught"));
setImmediate(() => {
  throw new Proxy({ name: "not an error" }, traps);
});
