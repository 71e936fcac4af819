import { Pool, print } from 'weft';

const COUNT = 10_000;

function square(x) {
  return x * x;
}

export function main() {
  const pool = new Pool(2);
  const numbers = Array.from({ length: COUNT }, (_, i) => i);
  pool.map(square, numbers, { chunkSize: 1 });
  const began = performance.now();
  const squares = pool.map(square, numbers, { chunkSize: 1 });
  const seconds = (performance.now() - began) / 1000;
  pool.close();
  pool.join();
  if (squares.length !== COUNT || squares.some((value, i) => value !== i * i)) throw new Error('wrong results');
  print(JSON.stringify({ figure: COUNT / seconds }));
}
