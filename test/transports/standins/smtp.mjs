import { createServer } from "node:net";

/**
 * A mail server that takes every mail. The pieces are the mails as they were sent.
 * @returns {Promise<import("../row.mjs").Standin>} `at` has `host` and `port`
 */
export async function smtp() {
  /** @type {string[]} */
  const mails = [];
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.setEncoding("utf8");
    socket.write("220 stand-in ESMTP\r\n");
    let rest = "";
    let inMail = false;
    socket.on("data", (chunk) => {
      rest += chunk;
      for (;;) {
        const end = rest.indexOf(inMail ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const text = rest.slice(0, end);
        rest = rest.slice(end + (inMail ? 5 : 2));
        if (inMail) mails.push(text.replace(/^\.\./gm, "."));
        const { answer, mail } = inMail ? { answer: "250 taken", mail: false } : answerTo(text);
        inMail = mail;
        socket.write(`${answer}\r\n`);
        if (/^QUIT/i.test(text) && !mail) socket.end();
      }
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(null)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    at: { host: "127.0.0.1", port },
    read: () => [...mails],
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** @param {string} command @returns {{ answer: string, mail: boolean }} */
function answerTo(command) {
  if (/^EHLO/i.test(command)) return { answer: "250-stand-in\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN", mail: false };
  if (/^DATA/i.test(command)) return { answer: "354 go on", mail: true };
  if (/^AUTH/i.test(command)) return { answer: "235 welcome", mail: false };
  if (/^QUIT/i.test(command)) return { answer: "221 bye", mail: false };
  return { answer: "250 ok", mail: false };
}

/**
 * A mail as it is read: subject, and the text of its first text part.
 * @param {string} mail
 * @returns {{ subject: string, to: string, from: string, text: string }}
 */
export function mailOf(mail) {
  const { headers, body } = partOf(mail);
  const boundary = /boundary="?([^";]+)"?/i.exec(headers["content-type"] ?? "")?.[1];
  const part = boundary ? partOf(body.split(`--${boundary}`)[1]?.replace(/^\r\n/, "") ?? "") : { headers, body };
  return {
    subject: wordsOf(headers["subject"] ?? ""),
    to: headers["to"] ?? "",
    from: headers["from"] ?? "",
    text: decoded(part.body, part.headers["content-transfer-encoding"] ?? "")
      .replaceAll("\r\n", "\n")
      .trimEnd(),
  };
}

/** @param {string} text */
function partOf(text) {
  const end = text.indexOf("\r\n\r\n");
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n");
  const headers = /** @type {Record<string, string>} */ (
    Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
    )
  );
  return { headers, body: text.slice(end + 4) };
}

/** @param {string} body @param {string} encoding */
function decoded(body, encoding) {
  if (/base64/i.test(encoding)) return Buffer.from(body, "base64").toString();
  return /quoted-printable/i.test(encoding) ? quotedPrintable(body.replace(/=\r\n/g, "")) : body;
}

/** @param {string} text */
function quotedPrintable(text) {
  return Buffer.from(
    text.replace(/=([\dA-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString();
}

/** Encoded words of a header (RFC 2047). @param {string} text */
function wordsOf(text) {
  return text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind, word) =>
      /b/i.test(kind) ? Buffer.from(word, "base64").toString() : quotedPrintable(word.replaceAll("_", " ")),
    );
}
