/** The key, with underscores behind it (and a number, where many are alike) that make it one which nobody has taken. */
export function freeKey(key: string, isTaken: (key: string) => boolean): string {
  let free = key;
  for (let more = 1; isTaken(free); more++) free = more <= 3 ? key + "_".repeat(more) : `${key}_${more}`;
  return free;
}
