// The worker as it is today.
import "./worker/main.mjs";
