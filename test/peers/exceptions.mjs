/**
 * A test that cannot hold with an old version, because the library lacks what it is about.
 * @typedef {object} Exception
 * @property {"winston" | "pino" | "log4js"} library
 * @property {string} below the first version with which the test holds
 * @property {string} test its name, or the end of it, as the report has it
 * @property {string} why what the library lacks
 */

/** All of them. A test that is named here and holds all the same is an error, as one that is not named and fails. @type {readonly Exception[]} */
export const exceptions = [];
