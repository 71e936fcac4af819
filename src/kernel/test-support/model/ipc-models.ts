import { DONE, EOF, EOVERFLOW, EPIPE } from '../../../protocol/errno';
import { ObjectTypeCode } from '../../../protocol/words';
import { closeHandle, openHandle } from '../../handles';
import { createPipe, PIPE_CAPACITY, pollPipe, receivePipe, sendPipe } from '../../ipc/pipe';
import { createQueue, getQueue, joinQueue, putQueue, queueCount, queueTaskDone } from '../../ipc/queue';
import type { Kernel } from '../../kernel';
import { joinTask } from '../../task';
import { readBytes, writeMessage } from '../messages';
import type { Random } from '../random';
import type { Actor, Model, Operation, World } from './world';

/** A message that is like no other: its number is in it, and its size. */
class Message {
  private static last = 0;
  readonly number = ++Message.last;
  readonly length: number;

  constructor(random: Random) {
    this.length = 4 + (random.chance(70) ? 4 + random.below(200) : 20_000 + random.below(60_000));
  }
  /** Puts it into scratch; its length. */
  write(k: Kernel): number {
    const content = new Uint8Array(this.length - 4).fill(this.number & 0xff);
    new DataView(content.buffer).setUint32(0, this.number);
    return writeMessage(k, content);
  }
  checkRead(k: Kernel): void {
    const content = readBytes(k, k.result);
    const number = new DataView(content.buffer).getUint32(0);
    if (k.result !== this.length || number !== this.number || content.at(-1) !== (content.length > 4 ? number & 0xff : content[3])) {
      throw new Error(`got message ${number} of ${k.result} bytes, expected ${this.number} of ${this.length}`);
    }
  }
  /** Bytes that it takes in a chain. */
  get stored(): number {
    return 4 + ((this.length + 3) & ~3);
  }
}

export class QueueModel implements Model {
  private readonly at: number;
  private readonly content: Message[] = [];
  private unfinished = 0;

  constructor(private readonly world: World, private readonly capacity: number) {
    this.at = world.main.do((k) => createQueue(k, ObjectTypeCode['joinable queue'], capacity, 'q'));
  }

  propose(): Operation | undefined {
    const { random } = this.world;
    const choice = random.below(20);
    if (choice < 2) return this.join(this.world.randomDeadline());
    if (choice < 6) return this.taskDone();
    if (choice < 13) return this.get(this.world.randomDeadline());
    return this.content.length < 40 ? this.put(new Message(random), this.world.randomDeadline()) : undefined;
  }

  private get hasRoom(): boolean {
    return this.capacity === 0 || this.content.length < this.capacity;
  }
  private put(message: Message, deadline: number): Operation {
    return {
      name: `put ${message.number} into queue ${this.at}`, key: `put ${this.at}`,
      expected: () => (this.hasRoom ? DONE : this.world.waitOutcome(deadline)),
      attempt: (k) => putQueue(k, this.at, message.write(k), message.number, deadline),
      settle: (outcome) => {
        if (outcome !== DONE) return;
        this.content.push(message);
        this.unfinished++;
      },
    };
  }
  private get(deadline: number): Operation {
    return {
      name: `get from queue ${this.at}`, key: `get ${this.at}`,
      expected: () => (this.content.length > 0 ? DONE : this.world.waitOutcome(deadline)),
      attempt: (k) => getQueue(k, this.at, deadline),
      settle: (outcome, k) => {
        if (outcome === DONE) this.content.shift()!.checkRead(k);
      },
    };
  }
  private taskDone(): Operation {
    return {
      name: `task_done of queue ${this.at}`, key: '',
      expected: () => (this.unfinished > 0 ? DONE : EOVERFLOW),
      attempt: (k) => queueTaskDone(k, this.at),
      settle: (outcome) => {
        if (outcome === DONE) this.unfinished--;
      },
    };
  }
  private join(deadline: number): Operation {
    return {
      name: `join queue ${this.at}`, key: `join queue ${this.at}`,
      expected: () => (this.unfinished === 0 ? DONE : this.world.waitOutcome(deadline)),
      attempt: (k) => joinQueue(k, this.at, deadline),
    };
  }
  available(): ReadonlyMap<string, number> {
    return new Map([
      [`put ${this.at}`, this.capacity === 0 ? 0 : this.capacity - this.content.length],
      [`get ${this.at}`, this.content.length],
      [`join queue ${this.at}`, this.unfinished === 0 ? Infinity : 0],
    ]);
  }
  check(): void {
    const count = queueCount(this.world.machine.page, this.at);
    if (count !== this.content.length) throw new Error(`queue ${this.at}: ${count}, expected ${this.content.length}`);
  }
}

/** A pipe in both directions; both ends are open in the test's main process, until one is closed. */
export class PipeModel implements Model {
  private readonly at: number;
  private readonly content: [Message[], Message[]] = [[], []];
  private readonly open = [true, true];
  /** Writers in the order in which they came, by the end that they write to. */
  private readonly writers: [Actor[], Actor[]] = [[], []];
  private readonly lengths = new Map<Actor, number>();

  constructor(private readonly world: World) {
    this.at = world.main.do((k) => createPipe(k, false, 'pipe'));
    for (const end of [0, 1]) world.main.do((k) => openHandle(k, this.at, end, this.handle(end)));
  }

  propose(actor: Actor): Operation {
    const { random } = this.world;
    if (random.below(150) === 0) this.closeEnd(random.below(2));
    const end = random.below(2);
    const deadline = this.world.randomDeadline();
    const choice = random.below(10);
    if (choice < 2) return this.poll(end, deadline);
    return choice < 7 ? this.send(actor, end, new Message(random), deadline) : this.receive(end, deadline);
  }

  private handle(end: number): number {
    return this.at * 2 + end;
  }
  private closeEnd(end: number): void {
    this.world.main.do((k) => closeHandle(k, this.handle(end)));
    this.open[end] = false;
    this.writers[end] = [];
    if (!this.open[1 - end]) this.content.forEach((messages) => messages.splice(0));
  }
  private fits(target: number, length: number): boolean {
    const bytes = this.content[target].reduce((sum, { stored }) => sum + stored, 0);
    return bytes === 0 || bytes + length <= PIPE_CAPACITY;
  }
  private send(actor: Actor, end: number, message: Message, deadline: number): Operation {
    const target = 1 - end;
    return {
      name: `send ${message.number} (${message.length}) on pipe ${this.at} to ${target}`, key: `send ${this.at} to ${target}`,
      expected: () => {
        if (!this.open[target]) return EPIPE;
        return this.fits(target, message.length) ? DONE : this.world.waitOutcome(deadline);
      },
      attempt: (k) => sendPipe(k, this.at, end, message.write(k), message.number, deadline),
      settle: (outcome) => {
        if (outcome === DONE) this.content[target].push(message);
        if (actor.pending === undefined) {
          this.forget(actor);
        } else if (!this.lengths.has(actor)) {
          this.writers[target].push(actor);
          this.lengths.set(actor, message.length);
        }
      },
    };
  }
  private receive(end: number, deadline: number): Operation {
    return {
      name: `receive on pipe ${this.at} at ${end}`, key: `receive ${this.at} at ${end}`,
      expected: () => {
        if (this.content[end].length > 0) return DONE;
        return this.open[1 - end] ? this.world.waitOutcome(deadline) : EOF;
      },
      attempt: (k) => receivePipe(k, this.at, end, deadline),
      settle: (outcome, k) => {
        if (outcome === DONE) this.content[end].shift()!.checkRead(k);
      },
    };
  }
  private poll(end: number, deadline: number): Operation {
    return {
      name: `poll pipe ${this.at} at ${end}`, key: `receive ${this.at} at ${end}`,
      expected: () => (this.content[end].length > 0 || !this.open[1 - end] ? DONE : this.world.waitOutcome(deadline)),
      attempt: (k) => pollPipe(k, this.at, end, deadline),
    };
  }

  available(): ReadonlyMap<string, number> {
    const available = new Map<string, number>();
    for (const end of [0, 1]) {
      available.set(`receive ${this.at} at ${end}`, this.open[1 - end] ? this.content[end].length : Infinity);
      // Writers are served in turn: what counts is whether the first of those who wait could go on.
      const first = this.writers[end].find(({ task }) => task.state === 'blocked');
      const fits = first !== undefined && this.fits(end, this.lengths.get(first)!) ? 1 : 0;
      available.set(`send ${this.at} to ${end}`, this.open[end] ? fits : Infinity);
    }
    return available;
  }
  forget(actor: Actor): void {
    for (const end of [0, 1]) this.writers[end] = this.writers[end].filter((writer) => writer !== actor);
    this.lengths.delete(actor);
  }
  retired(): boolean {
    return !this.open[0] && !this.open[1];
  }
}

/** Tasks that wait for each other to end. */
export class JoinModel implements Model {
  private readonly joined = new Set<Actor>();

  constructor(private readonly world: World) {}

  propose(actor: Actor): Operation | undefined {
    const target = this.world.random.pick(this.world.actors);
    if (target === actor || target.process === actor || actor.process === target) return undefined;
    const deadline = this.world.randomDeadline();
    this.joined.add(target);
    return {
      name: `join ${target.task.tid}`, key: `join ${target.task.tid}`,
      expected: () => (target.alive ? this.world.waitOutcome(deadline) : DONE),
      attempt: (k) => joinTask(k, target.task.address, target.task.tid, deadline),
      settle: (outcome, k) => {
        if (outcome === DONE && k.result !== target.status) throw new Error(`status ${k.result}, expected ${target.status}`);
      },
    };
  }
  available(): ReadonlyMap<string, number> {
    return new Map([...this.joined].map(({ task, alive }) => [`join ${task.tid}`, alive ? 0 : Infinity]));
  }
}
