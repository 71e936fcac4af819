import { Process, Queue, print } from 'weft';

const BYTES = 1024;
const COUNT = 200_000;
const WARMUP = COUNT / 5;

function produce(q, count) {
  const message = new Uint8Array(BYTES).fill(7);
  for (let i = 0; i < count; i++) q.put(message);
}

export function main() {
  const q = new Queue(1024);
  const producer = new Process(produce, [q, WARMUP + COUNT]);
  producer.start();
  const take = (count) => {
    for (let i = 0; i < count; i++) {
      const message = q.get();
      if (message.length !== BYTES || message[BYTES - 1] !== 7) throw new Error('wrong message');
    }
  };
  take(WARMUP);
  const began = performance.now();
  take(COUNT);
  const seconds = (performance.now() - began) / 1000;
  producer.join();
  print(JSON.stringify({ figure: COUNT / seconds }));
}
