// Apollo Server: a warning at the start, and an error in a plugin.
import { ApolloServer } from "@apollo/server";
import { asStringFirst } from "@logbridge/intercept-console";
import { logger, say } from "../setting.mjs";

const server = new ApolloServer({
  typeDefs: "type Query { hello: String }",
  status400ForVariableCoercionErrors: true,
  stopOnTerminationSignals: false,
  logger: asStringFirst(logger.forModule("apollo")),
  plugins: [
    {
      async serverWillStart() {
        throw new TypeError("no schema registry");
      },
      async startupDidFail() {
        throw new Error("and no pager");
      },
    },
  ],
});
const failed = await server.start().then(
  () => null,
  (error) => error.message,
);
say({ failed });
