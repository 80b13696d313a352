// The service as it is today.
import "./service/main.js";
