import { Event, Process, print } from 'weft';

// Runners wait for one shot, which wakes all of them at once.
// Uma does not wait that long.
const start = new Event();

function runner(name) {
  start.wait();
  print(`${name} runs`);
}

function impatient() {
  const shot = start.wait(0.1);
  print(shot ? 'Uma runs' : 'Uma did not wait for the shot');
}

export function main() {
  const names = ['Rio', 'Sam', 'Tia'];
  const runners = names.map(
    (name) => new Process(runner, [name], { name }),
  );
  for (const process of runners) process.start();
  const uma = new Process(impatient, [], { name: 'Uma' });
  uma.start();
  uma.join();
  print('ready, steady, go');
  start.set();
  for (const process of runners) process.join();
}
