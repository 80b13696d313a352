module.exports = require("@logbridge/core");
