import { stdout } from "./logging.mjs";
import { serve } from "./protocol.mjs";
import { orders } from "./tools/orders.mjs";
import { stock } from "./tools/stock.mjs";
import { weather } from "./tools/weather.mjs";

const tools = { weather, stock, orders };

const methods = {
  initialize: () => ({ serverInfo: { name: "stdio-server", version: "1.0.0" } }),
  "tools/list": () => Object.keys(tools),
  "tools/call": ({ name, arguments: given }) => tools[name](given),
};

console.log("server: ready");
await serve(methods, process.stdin, stdout);
