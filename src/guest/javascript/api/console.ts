import { STDERR, STDOUT, readInput, writeOutput } from '../../../kernel/console';
import { CPU_COUNT } from '../../../kernel/layout';
import { sleepUntil } from '../../../kernel/time';
import { EOF, PARKED } from '../../../protocol/errno';
import { EOFError, ValueError } from '../errors';
import { display } from '../inspect';
import { block, k, refuseWhileLoading } from '../runtime';
import { offer } from './offered';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Prints values with a space between them and a line end after them. */
export function print(...values: readonly unknown[]): void {
  if (k.loading) refuseWhileLoading('print');
  writeOutput(k, STDOUT, `${values.map(display).join(' ')}\n`);
}

/** The same on standard error. */
export function printError(...values: readonly unknown[]): void {
  if (k.loading) refuseWhileLoading('printError');
  writeOutput(k, STDERR, `${values.map(display).join(' ')}\n`);
}

/** Prints `prompt`, waits for a line from the reader and answers it without its line end. */
export function input(prompt = ''): string {
  if (k.loading) refuseWhileLoading('input');
  if (prompt !== '') writeOutput(k, STDOUT, display(prompt));
  let outcome = readInput(k, Infinity);
  while (outcome === PARKED) {
    block();
    outcome = readInput(k, Infinity);
  }
  if (outcome === EOF) throw new EOFError('the input has ended');
  return decoder.decode(k.scratch.subarray(0, k.result)).replace(/\r?\n$/, '');
}

export function sleep(seconds: number): void {
  if (k.loading) refuseWhileLoading('sleep');
  if (typeof seconds !== 'number' || !(seconds >= 0)) {
    throw new ValueError(`invalid time: ${String(seconds)} is not a number of seconds of 0 or more`);
  }
  // Nothing to wait for, but others may go first.
  const deadline = seconds === 0 ? 0 : k.deadlineAfter(seconds);
  while (sleepUntil(k, deadline) === PARKED) block();
}

/** How many processors the machine has. */
export function cpuCount(): number {
  return k.virtual ? k.words[CPU_COUNT] : processors;
}
const processors = globalThis.navigator?.hardwareConcurrency ?? 1;

offer({ cpuCount, input, print, printError, sleep });
