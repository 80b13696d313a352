/** Crockford's base 32: what ULIDs are written in. */
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_DIGITS = 10;
const RANDOM_DIGITS = 16;

let random: number[] = [];
let lastMs = -1;
let lastTime = "";

/**
 * A ULID: unique over all processes, and in one process in the order of the calls.
 *
 * @example
 * recordUid(); // "01KB2N6Y3M7V1Q8D5ZC4R9XTGE"
 */
export function recordUid(): string {
  const ms = Date.now();
  // Also after the clock was set back: one more than the last is unique, too.
  if (ms > lastMs) begin(ms);
  else increment(random);
  let text = lastTime;
  for (const digit of random) text += DIGITS[digit];
  return text;
}

function begin(ms: number): void {
  lastMs = ms;
  lastTime = timeDigits(ms);
  random = Array.from(crypto.getRandomValues(new Uint8Array(RANDOM_DIGITS)), (byte) => byte & 31);
  // Room for the ones that follow within the millisecond.
  random[0] = (random[0] as number) & 15;
}

function increment(digits: number[]): void {
  let at = digits.length - 1;
  while (at > 0 && digits[at] === 31) digits[at--] = 0;
  digits[at] = ((digits[at] as number) + 1) & 31;
}

function timeDigits(ms: number): string {
  let text = "";
  for (let left = ms, index = 0; index < TIME_DIGITS; index++, left = Math.floor(left / 32))
    text = DIGITS[left % 32] + text;
  return text;
}
