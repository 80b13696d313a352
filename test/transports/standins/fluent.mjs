import { messagePacksOf } from "./msgpack.mjs";
import { tcp } from "./tcp.mjs";

/**
 * A server of Fluentd's forward protocol (message mode). The pieces are `[tag, time, record]`.
 * @returns {Promise<import("../row.mjs").Standin>} `at` has `host` and `port`
 */
export const fluent = () => tcp({ framing: messagePacksOf });
