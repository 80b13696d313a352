/** Turns all attributes off. */
export const RESET = "\x1b[0m";

const code = (number: number): string => `\x1b[${number}m`;

const STYLES: readonly (readonly [number, ...string[]])[] = [
  [1, "b", "bold"],
  [2, "d", "dim"],
  [3, "i", "italic"],
  [4, "u", "underline"],
  [5, "l", "blink"],
  [7, "v", "reverse"],
  [8, "h", "hide"],
  [9, "s", "strike"],
  [22, "n", "normal"],
];

const COLORS: readonly (readonly [letter: string, name: string])[] = [
  ["k", "black"],
  ["r", "red"],
  ["g", "green"],
  ["y", "yellow"],
  ["e", "blue"],
  ["m", "magenta"],
  ["c", "cyan"],
  ["w", "white"],
];

const CODES: Map<string, string> = new Map();
const FOREGROUND: Map<string, string> = new Map();
const BACKGROUND: Map<string, string> = new Map();

for (const [number, ...names] of STYLES) for (const name of names) CODES.set(name, code(number));
COLORS.forEach(([letter, name], index) => {
  for (const [names, number] of [
    [[letter, name], 30],
    [[`l${letter}`, `light-${name}`], 90],
  ] as const)
    for (const one of names) {
      FOREGROUND.set(one, code(number + index));
      BACKGROUND.set(one.toUpperCase(), code(number + 10 + index));
    }
});
for (const [name, ansi] of [...FOREGROUND, ...BACKGROUND]) CODES.set(name, ansi);

/**
 * The ANSI code of a colour tag, `null` for an unknown one: names and their abbreviations, upper case for backgrounds,
 * `fg …` and `bg …` with a name, an 8-bit number, a hex colour or `r,g,b`.
 */
export function ansiOfTag(tag: string): string | null {
  const direct = CODES.get(tag);
  if (direct !== undefined) return direct;
  const match = /^([fb]g) (.+)$/.exec(tag);
  if (!match) return null;
  const [, place, color] = match as unknown as [string, "fg" | "bg", string];
  const named = place === "fg" ? FOREGROUND.get(color.toLowerCase()) : BACKGROUND.get(color.toUpperCase());
  if (named !== undefined) return named;
  const prefix = place === "fg" ? 38 : 48;
  if (/^\d+$/.test(color) && Number(color) <= 255) return `\x1b[${prefix};5;${color}m`;
  if (/^#(?:[0-9a-f]{3}){1,2}$/i.test(color)) {
    const hex = color.length === 4 ? color.slice(1).replace(/./g, "$&$&") : color.slice(1);
    const parts = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
    return `\x1b[${prefix};2;${parts.join(";")}m`;
  }
  const rgb = color.split(",");
  if (rgb.length === 3 && rgb.every((part) => /^\d+$/.test(part) && Number(part) <= 255))
    return `\x1b[${prefix};2;${rgb.join(";")}m`;
  return null;
}
