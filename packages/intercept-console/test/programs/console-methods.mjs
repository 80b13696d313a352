console.log("%s has %d", "a", 1, { b: new Map([["k", [1, 2]]]) });
console.group("group");
console.table([{ a: 1, b: "x" }, { a: 2 }]);
console.error(new Error("shown with its stack"));
console.groupEnd();
console.count();
console.assert(1 === 2, "must be", "equal");
console.dir({ deep: { deeper: { deepest: { hidden: true } } } }, { depth: 1 });
process.stdout.write("no newline");
