console.log("before");
Promise.reject(new Error("only a warning"));
Promise.reject(7);
setTimeout(() => console.log("still alive"), 10);
