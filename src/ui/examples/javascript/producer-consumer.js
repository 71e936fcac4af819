import { Process, Queue, print, sleep } from 'weft';

// Room for three: a fast producer has to wait.
const q = new Queue(3);

function producer(count) {
  for (let item = 1; item <= count; item++) {
    q.put(item);
    print(`made ${item}`);
    sleep(0.02);
  }
  q.put(null); // nothing more comes
}

function consumer() {
  let item = q.get();
  while (item !== null) {
    sleep(0.06);
    print(`used ${item}`);
    item = q.get();
  }
}

export function main() {
  const make = new Process(producer, [8], { name: 'producer' });
  const use = new Process(consumer, [], { name: 'consumer' });
  make.start();
  use.start();
  make.join();
  use.join();
  print('both are done');
}
