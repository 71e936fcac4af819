import { Pipe, Process, print } from 'weft';

const COUNT = 40_000;
const WARMUP = COUNT / 5;

function answer(end, count) {
  for (let i = 0; i < count; i++) end.send(end.recv());
}

export function main() {
  const [here, there] = Pipe();
  const other = new Process(answer, [there, WARMUP + COUNT]);
  other.start();
  const pingPong = (count) => {
    for (let i = 0; i < count; i++) {
      here.send(i);
      if (here.recv() !== i) throw new Error('wrong answer');
    }
  };
  pingPong(WARMUP);
  const began = performance.now();
  pingPong(COUNT);
  const seconds = (performance.now() - began) / 1000;
  other.join();
  print(JSON.stringify({ figure: COUNT / seconds }));
}
