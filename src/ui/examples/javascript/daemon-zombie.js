import { Process, print, sleep } from 'weft';

// `brief` ends at once, and is a zombie until main joins it.
// `ticker` is a daemon: it ends with the program.
function ticker() {
  while (true) {
    print('tick');
    sleep(0.05);
  }
}

function brief() {
  print('I end with nobody watching');
}

export function main() {
  const settings = { name: 'ticker', daemon: true };
  new Process(ticker, [], settings).start();
  const child = new Process(brief, [], { name: 'brief' });
  child.start();
  sleep(0.2);
  child.join();
  print(`collected: exit status ${child.exitcode}`);
}
