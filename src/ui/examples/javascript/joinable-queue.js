import { JoinableQueue, Process, print, sleep } from 'weft';

// The chef leaves when every order has been served,
// not when the last one was taken from the queue.
const orders = new JoinableQueue();

function waiter(name) {
  while (true) {
    const dish = orders.get();
    sleep(0.03);
    print(`${name} serves ${dish}`);
    orders.taskDone();
  }
}

export function main() {
  for (const name of ['Lou', 'Mia']) {
    // Daemons end with the program, wherever they are.
    const settings = { name, daemon: true };
    new Process(waiter, [name], settings).start();
  }
  const dishes = ['soup', 'salad', 'pasta', 'fish', 'cake'];
  for (const dish of dishes) orders.put(dish);
  orders.join();
  print('every order is served');
}
