import type { LevelWords } from "./line-level.ts";
import type { ParsedLine } from "./line-parsed.ts";
import { linePattern } from "./line-patterns.ts";
import { stickyMatch, timeAt } from "./line-time.ts";

const SPACES = linePattern(/\s+/);
const DIGIT = linePattern(/^\d/);

const MOST_STEPS = 8;
/** What a group at the head of a line holds at most. */
const WIDEST_GROUP = 160;

const MARK = linePattern(/\s*(?:(?:ℹ|[^\p{L}\p{N}\s[\](){}<>"'`@_])\uFE0F?\s+)?/uy);
const GAPS = linePattern(/(?:[ \t|]|-{1,3}(?=\s))*/y);
const CLOSING: Readonly<Record<string, string>> = { "[": "]", "(": ")", "<": ">" };
const NAME = linePattern(/^[\p{L}_$@][\p{L}\p{N}_$@./:\\-]{0,99}$/u);
/** What says which process or thread it is: names that are none of a logger. */
const PLACE = linePattern(/^(?:main|Nest|.*[Tt]hread.*|.*[Ww]orker.*|.*-exec-.*|pool-.*)$/);
const NUMBERS = linePattern(/^(?:pid )?\d+(?:[:.] ?(?:tid )?\d+)*$/);

const WORD = linePattern(/[A-Za-z]{2,13}!?(?![\w./])/y);
const NUMBER = linePattern(/\d{1,10}(?=\s)/y);
const BEFORE = linePattern(/[\p{L}_$@][\p{L}\p{N}_$@./:-]{0,99}(?=\s)/uy);
/** Monolog: `app.WARNING: …`. */
const CHANNEL = linePattern(/([A-Za-z_][\w-]{0,60})\.([A-Z]{3,9}):(?=\s|$)/y);

const COLON = linePattern(/\s?:(?=\s|$)/y);
const DASH = linePattern(/\s{1,8}-{1,3}(?=\s)/y);
const SPACE = linePattern(/[ \t]+/y);
/** Python: `WARNING:root:…`. */
const COLONS = linePattern(/:([A-Za-z_][\w.]{0,99}):/y);
/** logrus and rustc: `WARN[0001] …`, `error[E0308]: …`. */
const SUFFIX = linePattern(/\[[^\]\s]{1,32}\]:?(?=\s|$)/y);

const GROUP_BEHIND = linePattern(/\[([^\][\n]{1,100})\]:?(?=\s|$)/y);
/** pino-pretty: `INFO (app/1234 on host): …`; loglevel: `WARN (name): …`. */
const ROUND_BEHIND = linePattern(
  /\((?:([\w.@-]{1,80})\/)?(\d{1,10}|[A-Za-z][\w./-]{0,80})(?: on [\w.-]{1,100})?\):(?=\s|$)/y,
);
/** Spring: `INFO 123 --- [main] c.e.App : …`. */
const SPRING_BEHIND = linePattern(/\d{1,10} --- (?:\[[^\][\n]{0,80}\] ){1,2}([\w.$/-]{1,120})\s{1,60}: /y);
/** zap: level, logger and message between tabs. */
const TAB_BEHIND = linePattern(/([A-Za-z][\w.-]{0,80})\t(?=[^\n])/y);
const PATH_BEHIND = linePattern(
  /([A-Za-z_$@][\w$-]{0,60}(?:(?:\.|::|\/)[\w$@-]{1,60}){1,20})(?:\s{1,40}[-:](?=\s)|:(?=\s))/y,
);
const WORD_BEHIND = linePattern(/([A-Za-z_$@][\w$-]{0,60})\s{1,40}[-:](?=\s)/y);

/** The head of a line, read from the left, until a level and the name behind it are found. */
export class LineHead {
  readonly #text: string;
  readonly #words: LevelWords;
  #at = 0;
  #level: string | null = null;
  #before: string | undefined;
  #behind: string | undefined;
  #hasTime = false;
  #timeMs: number | undefined;
  #time: string | undefined;

  constructor(text: string, words: LevelWords) {
    this.#text = text;
    this.#words = words;
  }

  read(): ParsedLine | null {
    this.#skip(MARK);
    for (let step = 0; step < MOST_STEPS && this.#level === null; step++) {
      this.#skip(GAPS);
      if (!(this.#takeTime() || this.#takeGroup() || this.#takeWord() || this.#takeNumber())) return null;
    }
    if (this.#level === null) return null;
    const gap = this.#skip(GAPS);
    this.#takeBehind(gap.includes("\t"));
    this.#skip(GAPS);
    return {
      level: this.#level,
      name: this.#behind ?? this.#before,
      message: this.#text.slice(this.#at),
      timeMs: this.#timeMs,
      fields: this.#time === undefined ? undefined : { time: this.#time },
    };
  }

  #match(expression: RegExp): RegExpExecArray | null {
    return stickyMatch(expression, this.#text, this.#at);
  }

  #skip(expression: RegExp): string {
    const passed = this.#match(expression)?.[0] ?? "";
    this.#at += passed.length;
    return passed;
  }

  #takeTime(): boolean {
    if (this.#hasTime) return false;
    const found = timeAt(this.#text, this.#at);
    if (!found) return false;
    this.#keepTime(this.#text.slice(this.#at, found.end), found.ms);
    this.#at = found.end;
    return true;
  }

  #keepTime(text: string, ms: number | null): void {
    this.#hasTime = true;
    if (ms === null) this.#time = text;
    else this.#timeMs = ms;
  }

  #takeGroup(): boolean {
    const open = this.#text[this.#at] as string;
    const close = CLOSING[open];
    if (close === undefined) return false;
    const start = this.#at + 1;
    const inside = this.#text.slice(start, start + WIDEST_GROUP);
    const length = inside.indexOf(close);
    if (length < 0) return false;
    const content = inside.slice(0, length).trim();
    if (!this.#readGroup(content, open === "[")) return false;
    this.#at = start + length + 1;
    this.#skip(COLON);
    return true;
  }

  #readGroup(content: string, square: boolean): boolean {
    const level = this.#words(content);
    if (level !== null) this.#level = level;
    if (level !== null || !square) return level !== null;
    if (this.#readRow(content) || NUMBERS.test(content) || this.#readColons(content)) return true;
    if (!NAME.test(content)) return false;
    this.#before ??= content;
    return true;
  }

  /** A group that holds more than one part: `[2024-01-02T03:04:05Z WARN app::db]`, `[03:04:05 INF]`. */
  #readRow(content: string): boolean {
    const time = this.#hasTime ? null : timeAt(content, 0);
    if (!time) return false;
    this.#keepTime(content.slice(0, time.end), time.ms);
    for (const part of content.slice(time.end).trim().split(SPACES)) {
      if (this.#level === null) this.#level = this.#words(part);
      else if (NAME.test(part)) this.#behind ??= part;
    }
    return true;
  }

  /** Apache: `[core:error]`; Chromium: `[123:456:0102/030405.678:ERROR:gpu_init.cc(523)]`. */
  #readColons(content: string): boolean {
    const parts = content.split(":");
    const at = parts.length < 2 ? -1 : parts.findIndex((part) => this.#words(part) !== null);
    if (at < 0) return false;
    this.#level = this.#words(parts[at] as string);
    this.#before ??= parts.length === 2 ? parts[1 - at] : parts[at + 1];
    return true;
  }

  #takeWord(): boolean {
    const channel = this.#match(CHANNEL);
    const channelLevel = channel && this.#words(channel[2] as string);
    if (channel && channelLevel !== null) return this.#found(channelLevel as string, channel[0], channel[1]);
    const word = this.#match(WORD)?.[0];
    const level = word === undefined ? null : this.#words(word);
    if (word !== undefined && level !== null && this.#takeLevel(word, level)) return true;
    return this.#takeName();
  }

  #found(level: string, text: string, name: string | undefined): true {
    this.#level = level;
    if (name !== undefined) this.#behind = name;
    this.#at += text.length;
    return true;
  }

  /** A bare word is a level by what follows it, or by the time before it: texts begin with such words too. */
  #takeLevel(word: string, level: string): boolean {
    const end = this.#at + word.length;
    const isUpper = word === word.toUpperCase();
    const colons = isUpper ? stickyMatch(COLONS, this.#text, end) : null;
    if (colons) return this.#found(level, word + colons[0], colons[1]);
    for (const shape of [COLON, DASH, SUFFIX]) {
      const behind = stickyMatch(shape, this.#text, end);
      if (behind) return this.#found(level, word + behind[0], undefined);
    }
    const space = stickyMatch(SPACE, this.#text, end);
    // Behind a name texts begin with such words as well: `[db] error rate is 5 %`.
    const isHead = this.#hasTime || (this.#before !== undefined && isUpper);
    const opens = isUpper && space !== null && "[(".includes(this.#text[end + space[0].length] ?? " ");
    if (!opens && !(isHead && (space !== null || end === this.#text.length))) return false;
    return this.#found(level, word, undefined);
  }

  /** `2024-01-02 03:04:05,678 - root - WARNING - …`: behind a time and before a level there may be a name. */
  #takeName(): boolean {
    if (!this.#hasTime || this.#before !== undefined) return false;
    const name = this.#skip(BEFORE);
    if (name === "") return false;
    this.#before = name;
    return true;
  }

  #takeNumber(): boolean {
    const isHead = this.#hasTime || this.#before !== undefined;
    return isHead && this.#skip(NUMBER) !== "";
  }

  #takeBehind(afterTab: boolean): void {
    const found = this.#behind === undefined ? (this.#placeBehind() ?? this.#nameBehind(afterTab)) : null;
    if (!found) return;
    this.#behind = found.name;
    this.#at += found.text.length;
  }

  /** A process or thread, with a name or without. */
  #placeBehind(): Behind | null {
    const round = this.#match(ROUND_BEHIND);
    if (!round) return behind(this.#match(SPRING_BEHIND));
    const [text, name, inside] = round as unknown as [string, string | undefined, string];
    return { text, name: name ?? (DIGIT.test(inside) ? undefined : inside) };
  }

  /**
   * A name, unless the true one stood before the level. Without brackets: with a time before it any word, else one that cannot be the
   * beginning of a sentence or an error's class.
   */
  #nameBehind(afterTab: boolean): Behind | null {
    if (this.#before !== undefined && !PLACE.test(this.#before)) return null;
    const group = this.#match(GROUP_BEHIND);
    const inside = group?.[1]?.trim() ?? "";
    if (group && NAME.test(inside)) return this.#nameBehindPlace(group[0], inside) ?? { text: group[0], name: inside };
    const tab = afterTab ? this.#match(TAB_BEHIND) : null;
    const path = tab ?? this.#match(PATH_BEHIND) ?? (this.#hasTime ? this.#match(WORD_BEHIND) : null);
    return path && ERROR_CLASS.test(path[1] as string) ? null : behind(path);
  }

  /** Log4j: `ERROR [main] com.x.Y - …`. */
  #nameBehindPlace(place: string, inside: string): Behind | null {
    if (!PLACE.test(inside)) return null;
    const start = this.#at + place.length;
    const gap = stickyMatch(GAPS, this.#text, start)?.[0] ?? "";
    const path = behind(stickyMatch(PATH_BEHIND, this.#text, start + gap.length));
    return path && { text: place + gap + path.text, name: path.name };
  }
}

/** What was found behind a level. */
interface Behind {
  readonly text: string;
  readonly name: string | undefined;
}

const ERROR_CLASS = linePattern(/(?:Error|Exception)$/);

function behind(found: RegExpExecArray | null): Behind | null {
  return found && { text: found[0], name: found[1] };
}
