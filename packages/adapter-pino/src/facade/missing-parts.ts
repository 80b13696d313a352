import { EventEmitter } from "node:events";
import { toPlain } from "@logbridge/core";
import { FACADE } from "../map/their-logger.ts";
import { levelsOf } from "./limit.ts";
import { boundValues, facadePrototype, methodOf } from "./pino-facade.ts";
import { type FacadeState, stateOf } from "./state.ts";

/**
 * pino-http and others read parts of a logger by symbols of their own copy of pino. No copy is loaded here, so that these symbols are known
 * by their descriptions alone.
 */
const PARTS: ReadonlyMap<string, (state: FacadeState) => unknown> = new Map(
  Object.entries({
    // Frameworks read these two, to add their own.
    "pino.serializers": ({ ways }: FacadeState) => ways.serializers,
    "pino.formatters": ({ ways }: FacadeState) => ways.formatters,
    "pino.chindings": (state: FacadeState) => {
      const text = JSON.stringify(toPlain(boundValues(state.logger)));
      return text === "{}" ? "" : `,${text.slice(1, -1)}`;
    },
    "pino.stringify": () => (value: unknown) => JSON.stringify(toPlain(value)),
    "pino.messageKey": () => "msg",
    "pino.errorKey": () => "err",
    "pino.msgPrefix": ({ prefix }: FacadeState) => prefix,
  }),
);

/** Answers for what a facade does not have: the parts under pino's symbols, and the methods of levels beside pino's six. */
function missing(key: PropertyKey, state: FacadeState | undefined): unknown {
  if (!state) return undefined;
  if (typeof key === "symbol") return PARTS.get(key.description ?? "")?.(state);
  const level = levelsOf(state).level(String(key));
  return level && methodOf(state, level.label);
}

/** Puts the answers at the end of the chain of prototypes, where only what nothing else has arrives. */
export function answerForMissingParts(): void {
  const chain = Object.getPrototypeOf(facadePrototype) as object;
  if (chain !== EventEmitter.prototype) return;
  const answers = new Proxy(Object.create(EventEmitter.prototype) as object, {
    get(target, key, receiver) {
      if (key in target || key === FACADE) return Reflect.get(target, key, receiver);
      const found = missing(key, stateOf(receiver as object));
      // A method is made once; it is the same the next time.
      if (typeof key === "string" && found !== undefined)
        Object.defineProperty(receiver, key, { value: found, configurable: true, writable: true });
      return found;
    },
  });
  Object.setPrototypeOf(facadePrototype, answers);
}
