import { expect, test } from '../support/test';

test('no event is lost under pressure: 200,000 messages are 200,000 puts and gets, in order', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Process, Queue, print } from 'weft';
const COUNT = 200_000;
const q = new Queue(100);
function produce() {
  for (let i = 0; i < COUNT; i++) q.put(i);
}
export function main() {
  const producer = new Process(produce, [], { name: 'producer' });
  producer.start();
  let inOrder = true;
  for (let i = 0; i < COUNT; i++) inOrder &&= q.get() === i;
  producer.join();
  print(inOrder);
}`);
  expect(lines).toEqual(['true']);
  const trace = await runner.trace();
  const puts: number[] = [];
  const gets: number[] = [];
  const { EVENT_KINDS } = await import('../../src/protocol/trace-events');
  for (let event = 0; event < trace.length; event++) {
    const kind = EVENT_KINDS[trace.kind[event]];
    if (kind === 'put') puts.push(trace.value[event] >> 1);
    else if (kind === 'get') gets.push(trace.value[event] >> 1);
  }
  expect([puts.length, gets.length]).toEqual([200_000, 200_000]);
  expect(puts.every((value, index) => value === index)).toBe(true);
  expect(gets.every((value, index) => value === index)).toBe(true);
});

test('100,000 lines of output come out whole and in order', async ({ runner }) => {
  const { lines } = await runner.run(`
import { print } from 'weft';
export function main() {
  for (let i = 0; i < 100_000; i++) print('line', i);
}`);
  expect(lines).toHaveLength(100_000);
  expect(lines.every((line, index) => line === `line ${index}`)).toBe(true);
});
