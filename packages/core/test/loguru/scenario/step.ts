import type { Row, RowError } from "../table.ts";

type Values = Readonly<Record<string, unknown>>;

/** Changes of a record, and what is noted on the way: `[operation, …operands]`. */
export type Operation = readonly [name: string, ...operands: unknown[]];

/** One step of a program; the operation says which of the fields it has. */
export interface Step {
  readonly op: string;
  readonly id?: string;
  readonly on?: string;
  readonly as?: string;
  readonly name?: unknown;
  readonly text?: string;
  readonly type?: string;
  readonly message?: unknown;
  readonly args?: readonly unknown[];
  readonly kwargs?: Values;
  readonly level?: string | number;
  readonly method?: string;
  readonly options?: Values;
  readonly body?: readonly Step[];
  readonly handler?: readonly Step[];
  readonly form?: string;
  readonly calls?: number;
  readonly bare?: boolean;
  readonly returns?: unknown;
  readonly yields?: readonly unknown[];
  readonly patch?: readonly Operation[];
  readonly format?: string;
  readonly format_ops?: readonly Operation[];
  readonly filter_ops?: readonly Operation[];
  readonly filter_result?: unknown;
  readonly filter_extra?: string;
  readonly colorize?: boolean;
  readonly serialize?: boolean;
  readonly enqueue?: boolean;
  readonly catch?: boolean;
  readonly sink?: string;
  readonly ticks?: number;
  readonly error?: string;
  readonly error_message?: string;
  readonly throw_on?: string;
  readonly show_id?: boolean;
  readonly number?: unknown;
  readonly all?: boolean;
  readonly extra?: Values;
  readonly levels?: readonly Values[];
  readonly activation?: readonly (readonly [string | null, boolean])[];
  readonly handlers?: readonly Step[];
  readonly no?: number;
  readonly color?: string;
  readonly icon?: string;
  readonly n?: number;
  readonly tasks?: readonly (readonly Step[])[];
  readonly task?: string;
  readonly value?: unknown;
}

/** A row of the table scenarios: a program, and the one ordered list of what it does. */
export interface ScenarioRow extends Row {
  readonly title: string;
  readonly steps: readonly Step[];
  readonly expected: {
    readonly events: readonly unknown[];
    readonly uncaught?: RowError | null;
    readonly handler_errors?: readonly number[];
    readonly handler_error_types?: readonly string[];
  };
}
