import { EventEmitter } from "node:events";

const emitter = new EventEmitter();
for (let count = 0; count < 12; count++) emitter.on("tick", () => console.log(count));
setImmediate(() => emitter.emit("tick"));
