// @ts-check
/** How busy other processes keep the computer while something is measured. Linux alone says so. */
import { readFileSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';

/** Ticks of the clock that /proc counts in, a second. */
const TICKS = 100;

/**
 * @typedef {object} Moment
 * @property {number} time in seconds
 * @property {number} busy seconds that all cores were busy since the computer was started
 * @property {Map<number, number>} own seconds of our processes, by number
 */

/** @returns {Moment | undefined} */
function now() {
  try {
    // user, nice, system, idle, iowait, irq, softirq, steal
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = (/^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? '')
      .split(' ')
      .map(Number);
    return { time: performance.now() / 1000, busy: (user + nice + system + irq + softirq) / TICKS, own: ownProcesses() };
  } catch {
    return undefined;
  }
}

/** Seconds of this process and all below it; those that have ended count at their parent once it has collected them. */
function ownProcesses() {
  /** @type {Map<number, { parent: number, seconds: number }>} */
  const all = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      all.set(Number(name), { parent: Number(fields[1]), seconds: ticks / TICKS });
    } catch {
      // It has ended between the two looks.
    }
  }
  /** @type {Map<number, number>} */
  const own = new Map();
  /** @param {number} process */
  const isOwn = (process) => {
    for (let at = process; at > 1; at = all.get(at)?.parent ?? 0) if (at === globalThis.process.pid) return true;
    return false;
  };
  for (const [process, { seconds }] of all) if (isOwn(process)) own.set(process, seconds);
  return own;
}

/**
 * Runs `action`; answers what it answers and how many cores other processes used meanwhile (undefined: not known).
 *
 * @template T
 * @param {() => T | Promise<T>} action
 * @returns {Promise<{ value: T, foreignLoad: number | undefined }>}
 */
export async function withLoad(action) {
  const before = now();
  const value = await action();
  const after = now();
  if (!before || !after) return { value, foreignLoad: undefined };
  let own = 0;
  for (const [process, seconds] of after.own) own += seconds - (before.own.get(process) ?? 0);
  const load = (after.busy - before.busy - own) / Math.max(after.time - before.time, 1 / TICKS);
  return { value, foreignLoad: Math.min(Math.max(load, 0), cpus().length) };
}
