async function inner() {
  await null;
  throw new Error("outer failure", { cause: new AggregateError([new Error("one"), new Error("two")], "several") });
}
async function middle() {
  await inner();
}
console.trace("where we are");
await middle();
