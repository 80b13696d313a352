// AWS SDK v3: a client against a server of this process; one request is answered, one refused.
import { createServer } from "node:http";
import { ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { asObjectFirst } from "@logbridge/intercept-console";
import { logger, say } from "../setting.mjs";

const server = createServer((request, response) => {
  const isList = String(request.headers["x-amz-target"]).endsWith("ListQueues");
  response.writeHead(isList ? 200 : 400, { "content-type": "application/x-amz-json-1.0" });
  response.end(
    JSON.stringify(
      isList ? { QueueUrls: ["q"] } : { __type: "com.amazonaws.sqs#QueueDoesNotExist", message: "no queue" },
    ),
  );
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const client = new SQSClient({
  region: "eu-central-1",
  endpoint: `http://127.0.0.1:${server.address().port}`,
  credentials: { accessKeyId: "id", secretAccessKey: "secret" },
  maxAttempts: 1,
  logger: asObjectFirst(logger.forModule("aws")),
});
await client.send(new ListQueuesCommand({ QueueNamePrefix: "shop" }));
await client.send(new SendMessageCommand({ QueueUrl: "q", MessageBody: "hello" })).catch(() => {});
client.destroy();
server.close();
say();
