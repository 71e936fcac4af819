import type { Trace } from './trace';

/** The columns of a {@link Trace} that hold one number for each event. */
export type EventColumns = Pick<
  Trace,
  'kind' | 'detail' | 'extra' | 'task' | 'time' | 'object' | 'place' | 'other' | 'value'
>;

export const COLUMN_NAMES = ['kind', 'detail', 'extra', 'task', 'time', 'object', 'place', 'other', 'value'] as const;

/** Columns with room for `capacity` events, holding what `old` held in its first `length` rows. */
export function growColumns(old: EventColumns | undefined, length: number, capacity: number): EventColumns {
  const columns: EventColumns = {
    kind: new Uint8Array(capacity),
    detail: new Uint8Array(capacity),
    extra: new Uint16Array(capacity),
    task: new Int32Array(capacity),
    time: new Float64Array(capacity),
    object: new Int32Array(capacity),
    place: new Int32Array(capacity),
    other: new Int32Array(capacity),
    value: new Int32Array(capacity),
  };
  if (old !== undefined) {
    const rows = viewColumns(old, length);
    for (const name of COLUMN_NAMES) columns[name].set(rows[name]);
  }
  return columns;
}

/** The first `length` rows of each column, without copying. */
export function viewColumns(columns: EventColumns, length: number): EventColumns {
  return {
    kind: columns.kind.subarray(0, length),
    detail: columns.detail.subarray(0, length),
    extra: columns.extra.subarray(0, length),
    task: columns.task.subarray(0, length),
    time: columns.time.subarray(0, length),
    object: columns.object.subarray(0, length),
    place: columns.place.subarray(0, length),
    other: columns.other.subarray(0, length),
    value: columns.value.subarray(0, length),
  };
}

/** A list of numbers that only grows; a view of it stays valid and unchanged while it grows on. */
export class GrowingNumbers {
  length = 0;
  private numbers = new Float64Array(16);

  push(number: number): void {
    if (this.length === this.numbers.length) {
      const longer = new Float64Array(this.length * 2);
      longer.set(this.numbers);
      this.numbers = longer;
    }
    this.numbers[this.length++] = number;
  }

  view(): Float64Array {
    return this.numbers.subarray(0, this.length);
  }
}
