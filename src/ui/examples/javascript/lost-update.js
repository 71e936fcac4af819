import { Barrier, Process, Value, print } from 'weft';

// `count.value += 1` reads, adds and writes. Two processes
// that read the same number write the same number, and one
// of the two additions is lost. With a lock, none is.
const count = new Value(0);
const ready = new Barrier(2);

function adder(times) {
  ready.wait(); // begin at the same time
  for (let n = 0; n < times; n++) count.value += 1;
}

export function main() {
  const names = ['adder 1', 'adder 2'];
  const adders = names.map(
    (name) => new Process(adder, [2000], { name }),
  );
  for (const process of adders) process.start();
  for (const process of adders) process.join();
  print(`4000 additions, and the count is ${count.value}`);
}
