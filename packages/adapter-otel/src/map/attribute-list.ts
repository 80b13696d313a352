import { ownValue, writeValue } from "../otlp/value.ts";
import type { RepeatingWriter, ValueWriter } from "../otlp/value-writer.ts";
import type { Plan } from "./plan.ts";

/** Takes attributes: each key is followed by a value. */
interface AttributeWriter extends ValueWriter, Partial<RepeatingWriter> {
  attribute(key: string): void;
}

/** The attributes of one record on their way into a writer. */
export class AttributeList {
  /** How many had no place. */
  dropped = 0;
  private count = 0;
  private readonly writer: AttributeWriter;
  private readonly given: object | null;
  private readonly plan: Plan;

  /** @param given the record's own values, where any of them may stand under a key of ours: those keys are theirs */
  constructor(writer: AttributeWriter, given: object | null, plan: Plan) {
    this.writer = writer;
    this.given = given;
    this.plan = plan;
  }

  /** One that is said of the record, where nobody has given it. */
  add(key: string, value: unknown): void {
    if (!this.isGiven(key)) this.write(key, value);
  }

  /** The same for a value that `write` writes. */
  addBy(key: string, write: (writer: ValueWriter, longest: number) => void): void {
    if (!this.isGiven(key) && this.begin(key)) write(this.writer, this.plan.longest);
  }

  /** Those that are the same whenever the owner is: `add` puts them in. They are kept where nothing else has a say in them. */
  addShared<Owner extends object>(owner: Owner, add: (owner: Owner, attributes: AttributeList) => void): void {
    const { writer } = this;
    const isKept = this.given === null && this.plan.isFree;
    if (isKept && writer.repeat?.(owner)) return;
    const since = writer.place?.() ?? 0;
    add(owner, this);
    if (isKept) writer.keep?.(owner, since);
  }

  /** Those that all records have, where a record has none of the same key. */
  addAll(constant: Readonly<Record<string, unknown>>): void {
    for (const key of Object.keys(constant))
      if (this.given === null || !has(this.given, key)) this.write(key, ownValue(constant, key));
  }

  /** One of the record's own values. */
  write(key: string, value: unknown): void {
    if (value !== undefined && this.begin(key)) writeValue(value, this.writer, this.plan.longest);
  }

  private begin(key: string): boolean {
    if (this.count >= this.plan.most) {
      this.dropped++;
      return false;
    }
    this.count++;
    this.writer.attribute(key);
    return true;
  }

  private isGiven(key: string): boolean {
    const { attributes } = this.plan.options;
    return (this.given !== null && has(this.given, key)) || (attributes !== undefined && has(attributes, key));
  }
}

function has(fields: object, key: string): boolean {
  return Object.hasOwn(fields, key) && ownValue(fields, key) !== undefined;
}
