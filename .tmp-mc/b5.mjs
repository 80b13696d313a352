// different lines, no loop: the progress counter of a job, one line a while; a function sink
import { createLogger } from "@logbridge/core"; import { interceptConsole } from "@logbridge/intercept-console";
const logger = createLogger(); const got=[]; logger.add((t,r)=>{got.push(r.message)},{level:0}); interceptConsole({logger});
const sleep=(ms)=>new Promise(r=>setTimeout(r,ms)); const said=[]; const say=(t)=>{said.push(t);console.log(t)};
for (let i=0;i<25;i++) { say("ok"); if(i===20) await sleep(1300); else if (i>20) await sleep(1050); else await sleep(300); }
for (let i=0;i<5;i++){ say("ok"); await sleep(300);} 
await sleep(1500); process.stdout.write(`said ${said.length} got ${got.length}\n`);
