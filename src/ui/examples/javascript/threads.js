import {
  Lock, Process, Thread, heap, print, withLock,
} from 'weft';

// Threads of a process share its heap, so what they write
// there is seen by main. A process has a heap of its own.
const lock = new Lock();
heap.names = [];

function sign(name) {
  withLock(lock, () => {
    heap.names = [...heap.names, name];
    print(`${name} sees ${heap.names.join(', ')}`);
  });
}

export function main() {
  const signers = [
    new Thread(sign, ['Tom'], { name: 'thread Tom' }),
    new Thread(sign, ['Tess'], { name: 'thread Tess' }),
    new Process(sign, ['Pia'], { name: 'process Pia' }),
  ];
  for (const signer of signers) signer.start();
  for (const signer of signers) signer.join();
  print(`main sees ${heap.names.join(', ')}`);
}
