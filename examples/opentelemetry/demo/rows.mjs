import { counted, surplus } from "../../legacy-service/compare/multiset.mjs";

/**
 * @typedef {object} Row one source of records
 * @property {string} source
 * @property {number} logged records in the service's own outputs
 * @property {number} stored records that were asked back
 * @property {number} lost
 * @property {number} doubled
 */

/**
 * What each source has logged by its own outputs, and what of it is stored.
 *
 * @param {import("../../legacy-service/compare/run.mjs").Run} run
 * @param {readonly import("../../legacy-service/compare/sources.mjs").Source[]} sources
 * @param {readonly import("./collector-and-store.mjs").Stored[]} stored
 * @returns {Row[]} sources that have written nothing are left out
 */
export function rowsOf(run, sources, stored) {
  const records = stored.map(unified);
  return sources
    .map((source) => {
      const own = counted(source.native(run));
      const kept = counted(records.map(source.unified).filter((key) => key !== null));
      return {
        source: source.name,
        logged: total([...own]),
        stored: total([...kept]),
        lost: total(surplus(own, kept)),
        doubled: total(surplus(kept, own)),
      };
    })
    .filter((row) => row.logged + row.stored > 0);
}

/** As the sources know a record. */
function unified({ message, scope, fields }) {
  return { message, name: scope, origin: { name: fields["log.library"] }, ...fields };
}

function total(entries) {
  return entries.reduce((sum, [, count]) => sum + count, 0);
}
