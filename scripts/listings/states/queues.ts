import { JOIN, goesThrough, mostAtOnce, type Reason, type SeenRun } from './seen-run';
import type { StateTable } from './states';

/** All kinds of queues, for a program may use any. */
const QUEUES = ['queue', 'joinable queue', 'simple queue'] as const;

function depth(run: SeenRun): readonly number[] | undefined {
  return run.steps(...QUEUES);
}

function someChildWaits(reason: Reason): (run: SeenRun) => boolean {
  return (run) => run.children.some((child) => run.waited(child, reason));
}

function mainJoins(run: SeenRun): boolean {
  return run.waited(run.main, JOIN);
}

/** Main's last wait, with nothing left to do, lasts until its children have ended. */
function mainWaitsAtExit(run: SeenRun): boolean {
  const lastEnd = Math.max(...run.children.map(({ endedAt }) => endedAt ?? Infinity));
  return mainJoins(run) && (run.main.endedAt ?? 0) >= lastEnd;
}

/** A helper thread of the library that writes into a pipe that has no room. */
function feederBlocked(run: SeenRun): boolean {
  return run.helpers.some((helper) => /feeder/i.test(helper.name) && run.waited(helper, 'pipe full'));
}

function consumersAreKilledDaemons(run: SeenRun): boolean {
  const daemons = run.children.filter(({ daemon }) => daemon);
  return daemons.length > 0 && daemons.every(({ status }) => status === -15);
}

/** Every put was done when the task first asked for an item. */
function asksAfterLastPut(run: SeenRun, { tid }: SeenRun['main']): boolean {
  const lastPut = Math.max(...run.events('put').map(({ time }) => time));
  const asked = run.events('call', 'queue').find(({ task }) => task === tid);
  return asked !== undefined && asked.time > lastPut;
}

export const queueStates: StateTable = {
  '000-10-pipe-duplex.py': {
    'child blocked in recv on an empty pipe': someChildWaits('pipe empty'),
    'messages in both directions': (run) =>
      run.children.some((child) => run.links('message', run.main, child).length > 0 && run.links('message', child, run.main).length > 0),
    'parent blocked in recv': (run) => run.waited(run.main, 'pipe empty'),
  },
  '000-11-pipe-simplex.py': {
    'parent blocked in recv': (run) => run.waited(run.main, 'pipe empty'),
    'three senders on one pipe': (run) => run.children.filter((child) => run.links('message', child, run.main).length > 0).length === 3,
  },
  '000-12-queue-basic.py': {
    'queue depth 0 -> 3 -> 0 of 3': (run) => goesThrough(depth(run), 0, 1, 2, 3, 2, 1, 0),
    'queue feeder thread': (run) => run.helpers.some(({ name }) => /feeder/i.test(name)),
  },
  '000-13-queue-block-timeout.py': {
    'blocked on a full queue for 0.5 s, then Full': (run) => run.timedOut(run.main, 'queue full', 0.5),
    'blocked on an empty queue for 0.5 s, then Empty': (run) => run.timedOut(run.main, 'queue empty', 0.5),
  },
  '000-14-queue-two-processes.py': {
    'producer blocked on a full queue (maxsize 2)': (run) => someChildWaits('queue full')(run)
      && run.model.objects.some(({ type, initial }) => type === 'queue' && initial === 2),
    'queue depth over time': (run) => goesThrough(depth(run), 0, 1, 2, 1),
    'main blocked in join': mainJoins,
  },
  '001-11-queue-write-read.py': {
    // The two are started one after the other: the reader finds the queue empty only where it is the faster.
    'reader blocked on the empty queue until the writer puts': (run) =>
      run.children.some((reader) => (run.waited(reader, 'queue empty') || asksAfterLastPut(run, reader))
        && run.children.some((writer) => run.links('message', writer, reader).length > 0)),
    'main waits for both children at exit': mainWaitsAtExit,
  },
  '001-12-queue-close-join-thread.py': {
    'feeder thread blocked writing to a full pipe': feederBlocked,
    'main blocked in join_thread until the reader reads': (run) => run.waited(run.main, 'join', 0.5),
  },
  '001-13-queue-cancel-join-thread.py': {
    'writer process stuck at exit flushing its queue': feederBlocked,
    'released when the data are read': (run) => {
      const writer = run.children[1];
      return run.helpers.some(({ pid, tid }) => pid === writer?.pid
        && (run.unfolded.intervals.get(tid) ?? []).some(({ reason, cause }) => reason === 'pipe full' && cause === 'woken'));
    },
  },
  '002-09-queue-get-blocks.py': {
    'main blocked on an empty queue, for ever': (run) => run.waitsForEver(run.main, 'queue empty'),
  },
  '002-10-producer-consumer-queue.py': {
    'producer sleeping 1-3 s per item': (run) => run.children.some((child) => run.waits(child, 'sleep').length >= 5),
    'consumer blocked on the empty queue': someChildWaits('queue empty'),
    'after the last item the consumer waits for ever and main waits for it at exit': (run) =>
      run.children.some((child) => run.waitsForEver(child, 'queue empty')) && run.waitsForEver(run.main, JOIN),
  },
  '002-11-producer-consumer-joinable.py': {
    'producer blocked in JoinableQueue.join until 10 task_done': (run) =>
      someChildWaits('unfinished')(run) && run.events('task-done').length === 10,
    'main blocked in join': mainJoins,
    'daemon consumer blocked on the empty queue, killed when main ends': (run) =>
      consumersAreKilledDaemons(run) && run.children.some((child) => child.daemon && run.waited(child, 'queue empty')),
  },
  '002-20-thread-producer-consumer.py': {
    'producer blocked on a full queue': (run) => run.threads.some((thread) => run.waited(thread, 'queue full')),
    'consumer blocked on an empty queue': (run) => run.threads.some((thread) => run.waited(thread, 'queue empty')),
  },
  '003-11-queue.py': {
    'queue depth 0 -> 5 -> 0': (run) => goesThrough(depth(run), 0, 5, 0),
    'program ends with an exception': (run) => run.main.status === 1,
  },
  '003-12-queue-put-blocks.py': {
    'main blocked on a full queue, for ever': (run) => run.waitsForEver(run.main, 'queue full'),
  },
  '003-15-producer-consumer-joinable.py': {
    'producers sleeping 1-3 s per item': (run) => run.children.filter((child) => run.waits(child, 'sleep').length >= 5).length >= 2,
    'two consumers blocked on the empty queue': (run) => mostAtOnce(run.children.filter(({ daemon }) => daemon)
      .flatMap((child) => run.waits(child, 'queue empty'))) === 2,
    'main blocked in join, then in JoinableQueue.join': (run) => {
      const join = run.waits(run.main, JOIN).at(0);
      return join !== undefined && run.waits(run.main, 'unfinished').every(({ start }) => start >= join.start);
    },
    'daemon consumers killed when main ends': consumersAreKilledDaemons,
  },
  '003-16-producer-consumer-sentinel.py': {
    'consumers end on the signal, no daemon needed': (run) =>
      run.children.length === 4 && run.children.every(({ daemon, status }) => !daemon && status === 0),
  },
  '004-06-queue.py': {
    'queue depth 0 -> 5, then 5 -> 0': (run) => goesThrough(depth(run), 0, 1, 2, 3, 4, 5, 4, 3, 2, 1, 0),
    'main blocked in join': mainJoins,
    'main waits for the second child at exit': mainWaitsAtExit,
  },
};
