import createDebug from "debug";

const debug = createDebug("worker:invoice");
const rendering = debug.extend("render");

export function invoice(job, attempt) {
  const id = `${job.id}.${attempt}`;
  debug(`[debug:invoice:${id}] %d rows, %j`, job.rows, { paper: "A4" });
  console.assert(job.rows > 0, `[console:invoice.empty:${id}] an invoice without rows`);
  if (attempt <= job.failures) throw new RangeError(`invoice ${job.id} has ${job.rows} rows`);
  rendering(
    `[debug:render:${id}] %O`,
    Array.from({ length: job.rows }, (_, row) => `row ${row} of invoice ${job.id}`),
  );
  console.table([{ rows: job.rows, marker: `[console:invoice.table:${id}]` }]);
  console.dir({ marker: `[console:invoice.dir:${id}]`, deep: { er: { still: { hidden: true } } } }, { depth: 1 });
}
