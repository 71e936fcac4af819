import { DONE, errnoName, PARKED } from '../../../protocol/errno';
import { ObjectTypeCode, Signal, StartMethodCode } from '../../../protocol/words';
import { createQueue, getQueue, putQueue, takeQueue } from '../../ipc/queue';
import { createShared, loadShared, storeShared } from '../../ipc/shared-memory';
import { Kernel } from '../../kernel';
import { TASK_TID } from '../../layout';
import { realTime } from '../../sched/real-time';
import { acquireLock, createLock, releaseLock } from '../../sync/lock';
import { acquireSemaphore, createSemaphore, releaseSemaphore, SEMAPHORE_MAXIMUM } from '../../sync/semaphore';
import { exitTask, joinTask, killProcess, startTask, takeArguments } from '../../task';
import { FOREVER } from '../../wait-queue';
import type { Tid } from '../../../protocol/ids';
import { Random } from '../random';
import { readMessage, writeMessage } from '../messages';

/** What a thread of the stress test is started with. */
export interface ThreadBoot {
  readonly memory: SharedArrayBuffer;
  readonly worker: number;
  /** What the first process does; others are told by their arguments. */
  readonly first: FirstRole;
}
export type FirstRole =
  | { readonly role: 'ring'; readonly members: number; readonly rounds: number }
  | { readonly role: 'supervisor'; readonly items: number; readonly kills: number; readonly seed: number };

/** What a thread asks of the test. */
export interface ThreadRequest {
  readonly type: 'start' | 'terminate';
  readonly worker: number;
}

type Role =
  | { readonly role: 'member'; readonly index: number; readonly rounds: number; readonly objects: RingObjects }
  | { readonly role: 'producer'; readonly items: number; readonly objects: KillObjects }
  | { readonly role: 'consumer'; readonly objects: KillObjects };
interface RingObjects {
  readonly lock: number;
  readonly counter: number;
  readonly turns: readonly number[];
  readonly queues: readonly number[];
}
interface KillObjects {
  readonly work: number;
  readonly results: number;
  readonly tokens: number;
}

/** The end of the work. */
const END = -1;

/** Runs one process of a stress test on this thread. */
export function runThread(boot: ThreadBoot, post: (request: ThreadRequest) => void): void {
  const k = new Kernel(boot.memory, boot.worker, realTime, {
    startWorker: (worker) => post({ type: 'start', worker }),
    terminateWorker: (worker) => post({ type: 'terminate', worker }),
  });
  k.setCurrent(realTime.dispatch(k));
  const length = takeArguments(k);
  const role = length === 0 ? boot.first : (JSON.parse(readMessage(k, length)) as Role);
  let status = 0;
  if (role.role === 'ring') status = runRing(k, role.members, role.rounds);
  else if (role.role === 'member') runMember(k, role.index, role.rounds, role.objects);
  else if (role.role === 'supervisor') runSupervisor(k, role.items, role.kills, new Random(role.seed));
  else if (role.role === 'producer') for (let item = 0; item <= role.items; item++) putLarge(k, role.objects.work, item < role.items ? item : END);
  else runConsumer(k, role.objects);
  exitTask(k, status, '');
}

/** Tasks that hand a turn on in a ring, each adding to a shared counter under a lock; the status is 0 where none was lost. */
function runRing(k: Kernel, members: number, rounds: number): number {
  const each = <T>(make: (index: number) => T): T[] => Array.from({ length: members }, (_, index) => make(index));
  const objects: RingObjects = {
    lock: createLock(k, ObjectTypeCode.lock, 'lock'),
    counter: createShared(k, 'value', 'i', 1, 0, 'counter'),
    turns: each((index) => createSemaphore(k, ObjectTypeCode.semaphore, index === 0 ? 1 : 0, SEMAPHORE_MAXIMUM, `turn ${index}`)),
    queues: each((index) => createQueue(k, ObjectTypeCode.queue, 2, `queue ${index}`)),
  };
  const children = each((index) => start(k, { role: 'member', index, rounds, objects }));
  let failed = 0;
  for (const child of children) failed += join(k, child);
  must(k, () => loadShared(k, objects.counter, 0));
  return failed + (k.number === 2 * members * rounds ? 0 : 1);
}

function runMember(k: Kernel, index: number, rounds: number, { lock, counter, turns, queues }: RingObjects): void {
  const next = (index + 1) % turns.length;
  const add = (): void => {
    must(k, () => acquireLock(k, lock, FOREVER));
    must(k, () => loadShared(k, counter, 0));
    const { number } = k;
    must(k, () => storeShared(k, counter, 0, number + 1));
    must(k, () => releaseLock(k, lock));
  };
  for (let round = 0; round < rounds; round++) {
    must(k, () => acquireSemaphore(k, turns[index], FOREVER));
    add();
    must(k, () => releaseSemaphore(k, turns[next], 1));
    // Outside of its turn, against all the others.
    add();
    put(k, queues[next], round);
    const got = get(k, queues[index]);
    if (got !== round) throw new Error(`member ${index} got ${got} in round ${round}`);
  }
}

/** Starts consumers, takes their results, and kills one of them each time that it has taken a random number of results. */
function runSupervisor(k: Kernel, items: number, kills: number, random: Random): void {
  const objects: KillObjects = {
    work: createQueue(k, ObjectTypeCode.queue, 8, 'work'),
    results: createQueue(k, ObjectTypeCode.queue, 0, 'results'),
    // The dead keep theirs, so there is one more for each of them.
    tokens: createSemaphore(k, ObjectTypeCode.semaphore, kills + 1, SEMAPHORE_MAXIMUM, 'tokens'),
  };
  const consumers = Array.from({ length: 3 }, () => start(k, { role: 'consumer', objects }));
  const producer = start(k, { role: 'producer', items, objects });
  const pause = Math.floor(items / kills / 2);
  for (let kill = 0; kill < kills; kill++) {
    for (let results = random.below(pause); results > 0; results--) get(k, objects.results);
    const victim = consumers.splice(random.below(consumers.length), 1)[0];
    must(k, () => killProcess(k, victim.address, victim.tid, Signal.SIGKILL));
    if (join(k, victim) !== -Signal.SIGKILL) throw new Error(`task ${victim.tid} ended by itself`);
    consumers.push(start(k, { role: 'consumer', objects }));
  }
  while (get(k, objects.results) !== END);
  for (const child of [producer, ...consumers]) join(k, child);
}

function runConsumer(k: Kernel, { work, results, tokens }: KillObjects): void {
  for (;;) {
    must(k, () => acquireSemaphore(k, tokens, FOREVER));
    const item = takeLarge(k, work);
    must(k, () => releaseSemaphore(k, tokens, 1));
    // The end is for all: whoever has it puts it back.
    if (item === END) putLarge(k, work, END);
    put(k, results, item);
    if (item === END) return;
  }
}

interface Child {
  readonly address: number;
  readonly tid: Tid;
}
function start(k: Kernel, role: Role): Child {
  const argumentBytes = writeMessage(k, JSON.stringify(role));
  must(k, () => startTask(k, { method: StartMethodCode.spawn, name: role.role, daemon: false, ownWorker: true, argumentBytes }));
  return { address: k.result, tid: k.words[k.result + TASK_TID] as Tid };
}
function join(k: Kernel, { address, tid }: Child): number {
  must(k, () => joinTask(k, address, tid, FOREVER));
  return k.result;
}
function put(k: Kernel, queue: number, item: number): void {
  must(k, () => putQueue(k, queue, writeMessage(k, String(item)), item, FOREVER));
}
function get(k: Kernel, queue: number): number {
  must(k, () => getQueue(k, queue, FOREVER));
  return Number(readMessage(k, k.result));
}

/** An item that fills a third of a page, for to be read without the kernel lock. */
const LARGE = 1200;
function putLarge(k: Kernel, queue: number, item: number): void {
  const length = writeMessage(k, '');
  k.scratchWords.fill(item, length >> 2, LARGE >> 2);
  must(k, () => putQueue(k, queue, LARGE, item, FOREVER));
}
/** Nobody may write where it lies while it is read. */
function takeLarge(k: Kernel, queue: number): number {
  must(k, () => takeQueue(k, queue, FOREVER));
  if (k.messageAt === 0 || k.result !== LARGE) throw new Error(`a message of ${k.result} bytes was not left where it lies`);
  const items = k.words.subarray((k.messageAt >> 2) + 1, (k.messageAt + LARGE) >> 2);
  const item = items[0];
  for (let looks = 0; looks < 20; looks++) if (items.some((other) => other !== item)) throw new Error(`item ${item} is mixed with another`);
  return item;
}

/** Attempts an operation until it is done; whenever it parks, this thread sleeps until the task may go on. */
function must(k: Kernel, attempt: () => number): void {
  for (;;) {
    const outcome = attempt();
    if (outcome === DONE) return;
    if (outcome !== PARKED) throw new Error(`an operation answered ${errnoName(outcome)}`);
    k.setCurrent(realTime.dispatch(k));
  }
}
