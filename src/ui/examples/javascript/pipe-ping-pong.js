import { Pipe, Process, print } from 'weft';

// What is sent into one end comes out of the other.
const [left, right] = Pipe();

function ping(rounds) {
  for (let round = 1; round <= rounds; round++) {
    left.send(`ping ${round}`);
    print(left.recv());
  }
  left.send('over');
}

function pong() {
  let message = right.recv();
  while (message !== 'over') {
    print(message);
    right.send(message.replace('ping', 'pong'));
    message = right.recv();
  }
}

export function main() {
  const players = [
    new Process(ping, [5], { name: 'ping' }),
    new Process(pong, [], { name: 'pong' }),
  ];
  for (const player of players) player.start();
  for (const player of players) player.join();
}
