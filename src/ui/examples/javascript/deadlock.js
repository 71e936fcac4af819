import {
  Barrier, Lock, Process, print, sleep, withLock,
} from 'weft';

// Each holds one fork and waits for the other's, for ever.
// The run ends there, and says why; let both take `left` first.
const left = new Lock();
const right = new Lock();
const seated = new Barrier(2);

function philosopher(name, first, second) {
  seated.wait();
  withLock(first, () => {
    print(`${name} has one fork`);
    sleep(0.1);
    withLock(second, () => print(`${name} eats`));
  });
}

export function main() {
  const seats = [['Plato', left, right], ['Zeno', right, left]];
  const guests = seats.map(
    (seat) => new Process(philosopher, seat, { name: seat[0] }),
  );
  for (const guest of guests) guest.start();
  for (const guest of guests) guest.join();
  print('dinner is over');
}
