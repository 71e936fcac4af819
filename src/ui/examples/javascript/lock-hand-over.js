import { Lock, Process, print, sleep, withLock } from 'weft';

// One desk, three clerks: the lock lets one in at a time,
// and is handed over in the order of asking.
const desk = new Lock();

function clerk(name) {
  for (let form = 1; form <= 3; form++) {
    withLock(desk, () => {
      print(`${name} signs form ${form}`);
      sleep(0.03);
    });
    sleep(0.01);
  }
}

export function main() {
  const names = ['Ada', 'Ben', 'Cleo'];
  const clerks = names.map(
    (name) => new Process(clerk, [name], { name }),
  );
  for (const process of clerks) process.start();
  for (const process of clerks) process.join();
}
