export { type BridgeOutlet, BridgeProvider, isBridgeProvider } from "./providers/bridge-provider.ts";
export { EMITS, type GlobalBridge, isGlobalBridge } from "./providers/global-bridge.ts";
export {
  firstProvider,
  globalProviders,
  realProvider,
  receiveTogether,
  registerProvider,
} from "./providers/global-slots.ts";
export type { OtelLogger, OtelLoggerOptions, OtelLoggerProvider, OtelLogRecord } from "./providers/types.ts";
