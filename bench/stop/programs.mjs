// @ts-check
/**
 * Programs that only Stop ends, by what they do. Each prints "ready" once it does. The browser tests stop the same ones.
 *
 * @typedef {import('../../src/protocol/program').Program} Program
 */

/** @param {string} text @returns {Program} */
const javascript = (text) => ({ language: 'javascript', entry: 'main.js', files: [{ name: 'main.js', text }] });
/** @param {string} text @returns {Program} */
const python = (text) => ({ language: 'python', entry: 'main.py', files: [{ name: 'main.py', text }] });

/** @type {Readonly<Record<string, Program>>} */
export const ENDLESS_PROGRAMS = {
  'an endless loop in one process': javascript(`
import { print } from 'weft';
export function main() {
  print('ready');
  while (true);
}`),
  'endless loops in more processes than there are cores': javascript(`
import { Process, Queue, print } from 'weft';
const ready = new Queue();
function spin() {
  ready.put(true);
  while (true);
}
export function main() {
  for (let i = 0; i < 4; i++) new Process(spin, []).start();
  for (let i = 0; i < 4; i++) ready.get();
  print('ready');
  while (true);
}`),
  'a program that waits for itself': javascript(`
import { Lock, print } from 'weft';
export function main() {
  const lock = new Lock();
  lock.acquire();
  print('ready');
  lock.acquire();
}`),
  'a program that sleeps': javascript(`
import { print, sleep } from 'weft';
export function main() {
  print('ready');
  sleep(1000);
}`),
  'two processes that send without end': javascript(`
import { Process, Queue, print } from 'weft';
const q = new Queue(10);
function produce() {
  while (true) q.put('x');
}
export function main() {
  new Process(produce, []).start();
  q.get();
  print('ready');
  while (true) q.get();
}`),
  'a program that prints without end': javascript(`
import { print } from 'weft';
export function main() {
  print('ready');
  for (let i = 0; ; i++) print(i);
}`),
  'processes that start processes without end': javascript(`
import { Process, print } from 'weft';
function brief() {}
export function main() {
  print('ready');
  while (true) {
    const process = new Process(brief, []);
    process.start();
    process.join();
  }
}`),
  'an endless loop in Python': python(`print('ready', flush=True)
while True: pass
`),
};
