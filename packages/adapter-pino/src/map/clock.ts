const clocks = new WeakMap<object, (micros: number) => string | null>();
const CHUNK = /^,"[^"]+":/;

/** The time of a record in the form of a logger's own clock; `null` where that is a form of the user's own. */
export function timeChunk(clock: () => string, micros: number): string | null {
  let form = clocks.get(clock);
  if (!form) clocks.set(clock, (form = formOf(clock())));
  return form(micros);
}

function formOf(sample: string): (micros: number) => string | null {
  const key = CHUNK.exec(sample)?.[0];
  const value = sample.slice(key?.length ?? 0);
  const iso = (micros: number): string => new Date(Math.floor(micros / 1000)).toISOString();
  if (key === undefined) return () => null;
  if (/^\d{12,14}$/.test(value)) return (micros) => `${key}${Math.floor(micros / 1000)}`;
  if (/^\d{9,11}$/.test(value)) return (micros) => `${key}${Math.round(micros / 1e6)}`;
  if (/^"\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z"$/.test(value)) return (micros) => `${key}"${iso(micros)}"`;
  const nanos = (micros: number): string => `${String(Math.floor(micros % 1000)).padStart(3, "0")}000`;
  if (/^"\d{4}-\d\d-\d\dT[\d:]{8}\.\d{9}Z"$/.test(value))
    return (micros) => `${key}"${iso(micros).slice(0, -1)}${nanos(micros)}Z"`;
  return () => null;
}
