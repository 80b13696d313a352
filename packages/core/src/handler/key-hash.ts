/**
 * A number from 0 up to, not including, 1: the same for the same key and seed in every process, runtime and version, so that what belongs
 * together is decided alike everywhere. FNV-1a over UTF-16 code units, mixed as murmur3 ends.
 *
 * @example
 * shareOf("4bf92f3577b34da6", 0) < 0.1; // one key in ten
 */
export function shareOf(key: string, seed: number): number {
  return hashOf(key, seed) / 2 ** 32;
}

/** The hash itself: 32 bits, unsigned. */
export function hashOf(key: string, seed: number): number {
  let hash = mixed(seed) ^ 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return mixed(hash ^ key.length) >>> 0;
}

/** Every bit of the input changes half of the output's. */
function mixed(bits: number): number {
  let hash = bits;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Numbers from 0 up to, not including, 1: the same row of them for the same seed (a counter, mixed). */
export function seededDraws(seed: number): () => number {
  let counter = mixed(seed);
  return () => {
    counter = (counter + 0x9e3779b9) | 0;
    return (mixed(counter) >>> 0) / 2 ** 32;
  };
}
