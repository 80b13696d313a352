console.log("before");
const error = Object.assign(new Error("frozen"), { code: "E_COLD", details: { at: [1, 2] } });
setImmediate(() => {
  throw Object.freeze(error);
});
