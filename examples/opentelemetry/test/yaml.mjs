import { load } from "js-yaml";

/**
 * What a text in YAML says.
 *
 * @param {string} text
 * @returns {unknown}
 */
export const parseYaml = (text) => load(text);
