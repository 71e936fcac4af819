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
  const cars = [];
  for (let number = 1; number <= 5; number++) {
    const name = `car ${number}`;
    cars.push(new Process(car, [number], { name }));
  }
  for (const process of cars) process.start();
  for (const process of cars) process.join();
}
