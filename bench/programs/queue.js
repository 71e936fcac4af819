import { Process, Queue, print } from 'weft';

const COUNT = 1_000_000;
const WARMUP = COUNT / 5;

function produce(q, count) {
  for (let i = 0; i < count; i++) q.put(i);
}

export function main() {
  const q = new Queue(1024);
  const producer = new Process(produce, [q, WARMUP + COUNT]);
  producer.start();
  let sum = 0;
  for (let i = 0; i < WARMUP; i++) sum += q.get();
  const began = performance.now();
  for (let i = 0; i < COUNT; i++) sum += q.get();
  const seconds = (performance.now() - began) / 1000;
  producer.join();
  const total = WARMUP + COUNT;
  if (sum !== (total * (total - 1)) / 2) throw new Error(`wrong sum ${sum}`);
  print(JSON.stringify({ figure: COUNT / seconds }));
}
