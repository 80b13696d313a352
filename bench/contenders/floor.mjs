// What a line costs at least: the same text, put together by hand, or by JSON.stringify, and gathered in the same way.
import { openSync, writeSync } from "node:fs";
import { message, three } from "./work.mjs";

/** @param {{ work: string, file: string }} task @returns {import("../measure.mjs").Subject} */
export function open({ work, file }) {
  if (work === "loop") return { log: () => {} };
  const fd = openSync(file, "a");
  let text = "";
  const finish = () => {
    if (text !== "") writeSync(fd, text);
    text = "";
  };
  const line = work === "stringify" ? byStringify : byHand;
  return {
    log(index) {
      text += line(index);
      if (text.length >= 65_536) finish();
    },
    finish,
  };
}

const time = "2026-11-25T20:48:18.123456Z";

/** @param {number} index */
function byHand(index) {
  const { userId, path, ms } = three(index);
  return `{"time":"${time}","level":"INFO","message":"${message}","name":null,"extra":{"userId":${userId},"path":"${path}","ms":${ms}}}\n`;
}

/** @param {number} index */
function byStringify(index) {
  return `${JSON.stringify({ time, level: "INFO", message, name: null, extra: three(index) })}\n`;
}
