process.setUncaughtExceptionCaptureCallback((error) => console.log("captured:", error.message));
setTimeout(() => console.log("goes on"), 5);
throw new Error("for the callback");
