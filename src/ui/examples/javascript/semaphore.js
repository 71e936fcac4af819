import { Process, Semaphore, print, sleep } from 'weft';

// A car park with two places and five cars.
const places = new Semaphore(2);

function car(number) {
  places.acquire();
  print(`car ${number} parks`);
  sleep(0.04 + 0.01 * number);
  print(`car ${number} leaves`);
  places.release();
}

export function main() {
  const cars = [1, 2, 3, 4, 5].map((number) => new Process(car, [number], { name: `car ${number}` }));
  for (const process of cars) process.start();
  for (const process of cars) process.join();
}
