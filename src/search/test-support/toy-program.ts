import { BY_ITSELF, type Branch, type RunSchedule, type Schedule, type ScheduledRun } from '../schedule';

/** A task of a toy program: before each operation it yields what must hold so that it can go on, or nothing. */
export type ToyTask = () => Generator<(() => boolean) | undefined, void, void>;

export interface ToyProgram {
  readonly tasks: readonly ToyTask[];
  /** What it prints when it has ended. */
  readonly print: () => string;
}

/** A run of a toy program, with the order in which its tasks did their operations. */
export interface ToyRun extends ScheduledRun {
  readonly order: string;
}

interface Running {
  readonly number: number;
  readonly deeds: Generator<(() => boolean) | undefined, void, void>;
  /** What it waits for before its next operation. */
  mayGoOn: () => boolean;
}

/** As the machine runs programs, in a few lines: one CPU, a list of choices, after it first come, first served. */
export function runToy(make: () => ToyProgram, schedule: Schedule, mostBranches = 10_000): ToyRun {
  const program = make();
  const list = schedule.policy === 'replay' ? schedule.choices : [];
  const dice = schedule.policy === 'replay' ? undefined : randomNumbers(schedule.seed);
  const choices: number[] = [];
  const branches: Branch[] = [];
  const ready: Running[] = [];
  let blocked: Running[] = [];
  let order = '';
  let parted = false;

  /** Up to the next operation; false: there is none. */
  const advance = (task: Running): boolean => {
    const { value, done } = task.deeds.next();
    task.mayGoOn = value ?? (() => true);
    return done !== true;
  };
  const wake = (): void => {
    ready.push(...blocked.filter((task) => task.mayGoOn()));
    blocked = blocked.filter((task) => !task.mayGoOn());
  };
  program.tasks.forEach((make, number) => {
    const task: Running = { number, deeds: make(), mayGoOn: () => true };
    if (advance(task)) ready.push(task);
  });

  while (ready.length > 0) {
    const at = choices.length;
    const isBeyond = parted || at >= list.length;
    const isLast = isBeyond || at === list.length - 2;
    let index = isBeyond ? (dice === undefined ? 0 : Math.floor(dice() * ready.length)) : ready.findIndex(({ number }) => number === list[at]);
    if (index < 0) {
      parted = true;
      index = 0;
    }
    const [task] = ready.splice(index, 1);
    const mark = (steps: number): void => {
      for (const other of ready) branches.push({ choice: at / 2, task: task.number, other: other.number, steps, place: task.number });
    };
    if (isBeyond) mark(BY_ITSELF);
    const stop = isBeyond || parted ? BY_ITSELF : list[at + 1];
    choices.push(task.number, BY_ITSELF);
    for (let steps = 0; ; steps++) {
      if (!task.mayGoOn()) {
        blocked.push(task);
        break;
      }
      const isInterrupted = steps === stop || (dice !== undefined && steps > 0 && dice() < 0.5);
      if (isInterrupted && ready.length > 0) {
        choices[at + 1] = steps;
        ready.push(task);
        break;
      }
      if (isLast && steps > 0) mark(steps);
      order += String(task.number);
      const goesOn = advance(task);
      wake();
      if (!goesOn) break;
    }
  }
  const isStuck = blocked.length > 0;
  return {
    choices, branches: dice === undefined ? branches.slice(0, mostBranches) : [], branchesCut: branches.length >= mostBranches,
    steps: order.length, parted, order,
    outcome: {
      end: isStuck ? 'stuck' : 'finished', status: 0, failedExits: [], stdout: program.print(), stderr: '',
      findings: isStuck ? [{ kind: 'deadlock', text: 'deadlock' }] : [],
    },
  };
}

/** Runs a toy program for a search, and keeps the orders that were run. */
export function toyRunner(make: () => ToyProgram): { readonly run: RunSchedule; readonly orders: string[] } {
  const orders: string[] = [];
  const run: RunSchedule = (schedule) => {
    const done = runToy(make, schedule);
    orders.push(done.order);
    return Promise.resolve(done);
  };
  return { run, orders };
}

/** Tasks that do nothing but so many operations each. */
export function independent(...operations: readonly number[]): () => ToyProgram {
  return () => ({
    tasks: operations.map((count) => function* () {
      for (let i = 0; i < count; i++) yield undefined;
    }),
    print: () => '',
  });
}

/** All orders of these operations, and how often each interrupts a task that is not done: counted another way. */
export function allOrders(operations: readonly number[]): Map<string, number> {
  const orders = new Map<string, number>();
  const extend = (order: string, left: readonly number[], preemptions: number): void => {
    if (left.every((count) => count === 0)) orders.set(order, preemptions);
    left.forEach((count, task) => {
      if (count === 0) return;
      const last = order === '' ? task : Number(order.at(-1));
      const interrupts = last !== task && left[last] > 0;
      extend(order + String(task), left.with(task, count - 1), preemptions + (interrupts ? 1 : 0));
    });
  };
  extend('', operations, 0);
  return orders;
}

function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
