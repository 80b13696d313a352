import { escapeMarkup } from "@logbridge/core";

console.log(escapeMarkup("<red>"));
