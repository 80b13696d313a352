import { createLogger } from "@logbridge/core";

const logger = createLogger();
logger.add((text) => console.log(text), { format: "{name}:{function}:{line} {message}" });
const greet = () => logger.info("hello");
greet();
