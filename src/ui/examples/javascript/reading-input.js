import { Process, Queue, input, print } from 'weft';

// main waits for you, and the greeter waits for main:
// the timeline shows both waits.
const names = new Queue();

function greeter() {
  let name = names.get();
  while (name !== '') {
    print(`Hello, ${name}!`);
    name = names.get();
  }
}

export function main() {
  const other = new Process(greeter, [], { name: 'greeter' });
  other.start();
  let name;
  do {
    name = input('Your name (empty to end): ');
    names.put(name);
  } while (name !== '');
  other.join();
}
