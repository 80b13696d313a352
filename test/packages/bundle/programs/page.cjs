const { createLogger } = require("@logbridge/core");

const own = createLogger();
globalThis.heard = [];
own.add((text) => globalThis.heard.push(text.trimEnd()), { format: "{message}" });
own.info("required by a {}", "page");
