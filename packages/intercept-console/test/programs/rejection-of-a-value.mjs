console.log("before");
Promise.reject({ reason: "no error", nested: { list: [1, 2, 3] } });
