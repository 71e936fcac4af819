import { Lock, print } from 'weft';

const COUNT = 5_000_000;

export function main() {
  const lock = new Lock();
  const take = (count) => {
    for (let i = 0; i < count; i++) {
      lock.acquire();
      lock.release();
    }
  };
  take(COUNT / 5);
  const began = performance.now();
  take(COUNT);
  print(JSON.stringify({ figure: COUNT / ((performance.now() - began) / 1000) }));
}
