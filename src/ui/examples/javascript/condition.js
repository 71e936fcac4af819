import {
  Condition, Process, Value, print, sleep, withLock,
} from 'weft';

// Customers wait on a condition until there is bread,
// and look again each time they are woken.
const shelf = new Condition();
const loaves = new Value(0);

function customer(name) {
  withLock(shelf, () => {
    while (loaves.value === 0) shelf.wait();
    loaves.value -= 1;
    print(`${name} takes a loaf, ${loaves.value} left`);
  });
}

function baker() {
  for (let batch = 1; batch <= 2; batch++) {
    sleep(0.15);
    withLock(shelf, () => {
      loaves.value += 2;
      print(`batch ${batch} is out of the oven`);
      shelf.notifyAll();
    });
  }
}

export function main() {
  const everyone = [];
  for (const name of ['Ann', 'Bo', 'Cy', 'Di']) {
    everyone.push(new Process(customer, [name], { name }));
  }
  everyone.push(new Process(baker, [], { name: 'baker' }));
  for (const process of everyone) process.start();
  for (const process of everyone) process.join();
}
