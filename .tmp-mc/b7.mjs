// 21 equal lines; SIGTERM without handler soon after: parked line lost; sync expectation
import { createLogger } from "@logbridge/core"; import { interceptConsole } from "@logbridge/intercept-console"; import { writeSync } from "node:fs";
const l=createLogger(); let n=0; l.add(()=>{n++; writeSync(1,"")},{level:0}); interceptConsole({logger:l}); for(let i=0;i<21;i++) console.log("tick"); writeSync(1,`after 21 synchronous calls the sink has ${n}\n`); process.kill(process.pid,"SIGTERM"); setTimeout(()=>{},500);
