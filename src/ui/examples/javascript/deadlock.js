import { Lock, Process, print, sleep, withLock } from 'weft';

// Each holds one fork and waits for the other's, for ever.
// Press Stop; then let both take `left` first.
const left = new Lock();
const right = new Lock();

function philosopher(name, first, second) {
  withLock(first, () => {
    print(`${name} has one fork`);
    sleep(0.05);
    withLock(second, () => print(`${name} eats`));
  });
}

export function main() {
  const seats = [
    new Process(philosopher, ['Plato', left, right], { name: 'Plato' }),
    new Process(philosopher, ['Thales', right, left], { name: 'Thales' }),
  ];
  for (const seat of seats) seat.start();
  for (const seat of seats) seat.join();
  print('dinner is over');
}
