// The service, whatever it logs with: the modules come from the stage that starts it.
import { once } from "node:events";
import express from "express";

/** Starts it on a free port, tells the port to whoever has started the process, and stops when asked to. */
export async function serve({ orders, accounts }, closeLogs) {
  const app = express();
  let requests = 0;
  app.use(express.json(), (request, _response, next) => {
    requests += 1;
    request.id = `r${requests}`;
    next();
  });
  app.use(orders, accounts);
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  process.send?.({ port: server.address().port });
  await once(process, "message");
  server.close();
  await closeLogs();
  process.disconnect?.();
}
