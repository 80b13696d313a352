// What every program starts with: a logger that keeps its records, and how it tells of them.
import { logger } from "@logbridge/core";

logger.remove();
const records = [];
logger.add(
  {
    needs: { text: false, caller: false },
    write(_text, { level, name, message, template, args, extra, exception, origin }) {
      const error = exception && { type: exception.type, message: exception.message, frames: exception.stack.length };
      records.push({ level: level.name, name, message, template, args, extra, error, origin: origin?.name });
    },
  },
  { level: 0 },
);

/** Tells whoever has started this process what was logged in it, and more. @param {object} [more] */
export function say(more = {}) {
  const seen = new WeakSet();
  const plain = (_key, value) => {
    if (typeof value === "bigint" || typeof value === "function") return String(value);
    if (typeof value !== "object" || value === null) return value;
    if (seen.has(value)) return "[seen]";
    seen.add(value);
    return value;
  };
  process.stdout.write(JSON.stringify({ records, ...more }, plain));
}

export { logger };
