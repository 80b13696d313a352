export * from "@logbridge/core";
