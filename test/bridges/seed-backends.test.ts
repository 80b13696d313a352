import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { program } from "./program.ts";

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one();
});

/** A syslog daemon on a free UDP port of this machine. */
async function syslog(): Promise<{
  readonly port: number;
  readonly lines: string[];
  arrived(count: number): Promise<void>;
}> {
  const lines: string[] = [];
  const socket: Socket = createSocket("udp4", (message) => void lines.push(String(message)));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  undo.push(() => new Promise<void>((closed) => socket.close(closed)));
  return {
    port: socket.address().port,
    lines,
    async arrived(count) {
      while (lines.length < count) await once(socket, "message");
    },
  };
}

/** What Elasticsearch answers as far as a client needs it, and the documents that it was given. */
async function elasticsearch(): Promise<{ readonly url: string; readonly documents: Record<string, unknown>[] }> {
  const documents: Record<string, unknown>[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      let answer: object = { acknowledged: true, status: "green", version: { number: "8.19.1" } };
      if (request.url?.includes("_bulk")) {
        const rows = body.trim().split("\n");
        documents.push(
          ...rows.filter((_, index) => index % 2 === 1).map((row) => JSON.parse(row) as Record<string, unknown>),
        );
        answer = {
          errors: false,
          items: rows.filter((_, index) => index % 2 === 1).map(() => ({ create: { status: 201 } })),
        };
      }
      response.writeHead(200, { "content-type": "application/json", "x-elastic-product": "Elasticsearch" });
      response.end(request.method === "HEAD" ? "" : JSON.stringify(answer));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  undo.push(() => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, documents };
}

/** A program that adds one ready-made transport to a logger. */
const added = (name: string, options: object, calls: string): string => `
  import "@logbridge/adapter-winston";
  import { createLogger } from "@logbridge/core";
  import { createRequire } from "node:module";
  const { ${name} } = createRequire(process.cwd() + "/")("${PACKAGES[name]}");
  const logger = createLogger();
  logger.add(new ${name}(${JSON.stringify(options)}));
  ${calls}
  console.log(JSON.stringify(await logger.complete()));
  await logger.remove();
`;

const PACKAGES: Readonly<Record<string, string>> = {
  Syslog: "winston-syslog",
  ElasticsearchTransport: "winston-elasticsearch",
};

test("L-BR-1 a ready-made syslog transport is added as it is", async () => {
  const daemon = await syslog();
  const options = { host: "127.0.0.1", port: daemon.port, protocol: "udp4", app_name: "shop", eol: "" };
  const calls = `
    logger.error("disk {name} is full", { name: "sda1" });
    logger.info("all is well");
  `;
  const { stderr } = await program(added("Syslog", options, calls));
  expect(stderr).toBe("");
  await daemon.arrived(2);
  // <facility * 8 + severity>: local0 is 16, error 3, info 6.
  expect(daemon.lines[0]).toMatch(/^<131>.* shop\[\d+\]: .*disk sda1 is full/);
  expect(daemon.lines[1]).toMatch(/^<134>.* shop\[\d+\]: .*all is well/);
});

test("L-ADD-SINK-13 a ready-made Elasticsearch transport works as a sink, unmodified", async () => {
  const { url, documents } = await elasticsearch();
  const options = { level: "debug", clientOpts: { node: url }, index: "logs", flushInterval: 20 };
  const calls = `
    for (let order = 1; order <= 50; order++) logger.info("order {order} paid", { order });
    logger.warning("stock is low");
  `;
  const { stderr } = await program(added("ElasticsearchTransport", options, calls));
  expect(stderr).toBe("");
  const messages = [...Array.from({ length: 50 }, (_, at) => `order ${at + 1} paid`), "stock is low"];
  // The transport itself puts the newest first into what it sends.
  expect(documents.map(({ message }) => String(message)).sort()).toEqual([...messages].sort());
  const documentOf = (message: string): unknown => documents.find((one) => one["message"] === message);
  expect(documentOf("order 7 paid")).toMatchObject({ severity: "info", fields: { order: 7 } });
  expect(documentOf("stock is low")).toMatchObject({ severity: "warn" });
});
