import { tcp } from "./tcp.mjs";
import { udp } from "./udp.mjs";

/**
 * A syslog server. The pieces are texts.
 * @param {"udp" | "tcp" | "tcp-octets"} protocol
 * @returns {Promise<import("../row.mjs").Standin>}
 */
export async function syslog(protocol) {
  if (protocol !== "udp") return tcp({ framing: protocol === "tcp" ? "\n" : "octets" });
  const standin = await udp();
  return { ...standin, read: async () => (await standin.read()).map(String) };
}

/**
 * A syslog line without its time, host and process: what is left is priority, application and text.
 * @param {string} line RFC 3164 or RFC 5424
 */
export function syslogText(line) {
  return line
    .replace(/^(<\d+>)[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ /, "$1")
    .replace(/^(<\d+>1 )\S+ \S+ (\S+) \S+ /, "$1$2 ")
    .replace(/\[\d+\]:/, ":")
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g, "<time>");
}
