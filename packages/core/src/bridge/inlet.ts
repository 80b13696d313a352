import { dispatchTo, type HandlerEntry, type Hub } from "../hub.ts";
import { type Core, NO_OPTIONS } from "../logger/call.ts";
import { emptyBaseCache } from "../record/base.ts";
import type { SinkInlet } from "../sinks/sink.ts";
import { inboundRecord, levelNamed, sourceOfCaller } from "./inbound-record.ts";

/** A handler that records can be put into from behind. */
export interface InletHandler extends HandlerEntry {
  readonly hub: Hub;
  readonly isClosed: boolean;
}

/**
 * Opens the way in for the sink of a handler.
 *
 * @param handler gets what the sink takes in, and no other one does
 */
export function openInlet(handler: InletHandler): SinkInlet {
  const { hub } = handler;
  const core: Core = {
    hub,
    bound: null,
    name: undefined,
    patchers: [],
    options: NO_OPTIONS,
    cache: emptyBaseCache(),
  };
  return {
    get isOpen() {
      return !handler.isClosed;
    },
    wants: (no) => !handler.isClosed && no >= handler.levelNo,
    levelNamed: (name) => levelNamed(hub, name),
    deliver(bridge, inbound, skip) {
      const record = inboundRecord(core, inbound, sourceOfCaller(bridge, skip));
      if (record) dispatchTo(hub, handler, record);
    },
  };
}
