import { Event, Process, print, sleep } from 'weft';

// Runners wait for one shot, which wakes all of them at once.
// One of them does not wait that long.
const start = new Event();

function runner(name) {
  start.wait();
  print(`${name} runs`);
}

function impatient() {
  const shot = start.wait(0.02);
  print(shot ? 'Uma runs' : 'Uma did not wait for the shot');
}

export function main() {
  const runners = [new Process(impatient, [], { name: 'Uma' })];
  for (const name of ['Rio', 'Sam', 'Tia']) {
    runners.push(new Process(runner, [name], { name }));
  }
  for (const process of runners) process.start();
  sleep(0.15);
  print('ready, steady, go');
  start.set();
  for (const process of runners) process.join();
}
