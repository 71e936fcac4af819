import { Barrier, Process, print, sleep } from 'weft';

// Each walks at their own pace, and at every hut
// they wait for each other.
const hut = new Barrier(3);

function hiker(name, pace) {
  for (let stage = 1; stage <= 3; stage++) {
    sleep(pace);
    print(`${name} reaches hut ${stage}`);
    hut.wait();
  }
  print(`${name} is at the top`);
}

export function main() {
  const hikes = [['Ida', 0.02], ['Jo', 0.04], ['Kim', 0.07]];
  const hikers = hikes.map(
    (hike) => new Process(hiker, hike, { name: hike[0] }),
  );
  for (const process of hikers) process.start();
  for (const process of hikers) process.join();
}
