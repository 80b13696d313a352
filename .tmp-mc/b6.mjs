import { createLogger } from "@logbridge/core"; import { interceptConsole } from "@logbridge/intercept-console";
const logger = createLogger(); let got=[]; logger.add((t,r)=>{got.push(r.message)},{level:0}); interceptConsole({logger});
// many different lines that contain one short text
const sleep=(ms)=>new Promise(r=>setTimeout(r,ms)); let said=0; for (let k=0;k<3;k++){ for(let i=0;i<21;i++){ said++; console.log(i===0?"a":"line a "+(i%3)); } await sleep(1100); } await sleep(1500); process.stdout.write(`said ${said} got ${got.length}\n`);
