import { Process, print } from 'weft';

// Nothing in this loop ever lets go.
// Stop ends it all the same, from outside.
function spin() {
  print('spinning');
  while (true) {
    // busy for ever
  }
}

export function main() {
  const spinner = new Process(spin, [], { name: 'spinner' });
  spinner.start();
  spinner.join();
}
