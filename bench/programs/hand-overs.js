import { Pipe, Process } from 'weft';

const COUNT = 1;

function answer(end) {
  for (let i = 0; i < COUNT; i++) end.send(end.recv());
}

/** Each message and each answer is a hand-over between two workers: only one of the two can go on. */
export function main() {
  const [here, there] = Pipe();
  const other = new Process(answer, [there]);
  other.start();
  for (let i = 0; i < COUNT; i++) {
    here.send(i);
    here.recv();
  }
  other.join();
}
