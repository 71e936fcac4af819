import type { TaskInfo } from '../../../src/trace/trace';
import { JOIN, isAbout, secondsOf, type SeenRun } from './seen-run';
import type { StateTable } from './states';

const SIGKILL = 9;
const SIGUSR1 = 10;
const SIGTERM = 15;

function joined(run: SeenRun): boolean {
  return run.waited(run.main, JOIN);
}

/** The first process waits for its children after its own last line. */
function waitsAtExit(run: SeenRun): boolean {
  const wait = run.waits(run.main, JOIN).at(-1);
  const last = run.children.map(({ endedAt }) => endedAt ?? 0).sort((a, b) => a - b).at(-1);
  return wait !== undefined && last !== undefined && wait.end >= last && (run.main.endedAt ?? 0) >= last;
}

function killedBy(signal: number): (run: SeenRun) => boolean {
  return (run) => run.children.some(({ status }) => status === -signal);
}

function daemonKilledAtExit(run: SeenRun): boolean {
  return run.children.some(({ daemon, status }) => daemon && status === -SIGTERM);
}

/** The process `child` got another parent while it lived. */
function wasAdopted(run: SeenRun, child: TaskInfo | undefined): boolean {
  const adopted = run.events('task-adopt').find(({ task }) => task === child?.tid);
  return adopted !== undefined && (child?.endedAt ?? 0) > adopted.time;
}

function startedBy(method: TaskInfo['method']): (run: SeenRun) => boolean {
  return (run) => run.children.length > 0 && run.children.every((child) => child.method === method);
}

function isInOrder(tasks: readonly TaskInfo[]): boolean {
  return tasks.every((task, index) => index === 0 || task.createdAt >= (tasks[index - 1].endedAt ?? Infinity));
}

export const processStates: StateTable = {
  '000-01-orphan-double-fork.py': {
    'parent blocked in waitpid until the first child exits': (run) => run.waited(run.main, 'wait'),
    'first child exits at once and is reaped': (run) => run.events('task-reap').some(
      ({ task, other }) => task === run.main.tid && other === run.children[0]?.tid,
    ),
    'grandchild re-parented (orphan) and running beside the parent': (run) => wasAdopted(run, run.children[1]),
  },
  '000-02-sigchld-ignore.py': {
    'child gone the moment it exits, never zombie': (run) => run.children.length === 1 && !run.wasZombie(run.children[0], 0.001),
    'parent never blocked': (run) => run.waits(run.main, JOIN).length === 0,
  },
  '000-03-process-start-join.py': {
    'parent blocked in join': joined,
    'child sleeping between prints': (run) => run.children.length === 1 && run.waits(run.children[0], 'sleep').length >= 2,
    'child zombie until join returns': (run) => run.children.length === 1 && run.wasZombie(run.children[0]),
  },
  '000-04-process-join-timeout.py': {
    'parent blocked in join for 0.3 s, then released by timeout': (run) =>
      run.waits(run.main, JOIN).some((wait) => wait.cause === 'timed out' && isAbout(secondsOf(wait), 0.3)),
    'parent blocked in join until the child ends': (run) =>
      run.waits(run.main, JOIN).some(({ cause, end }) => cause === 'woken' && end >= (run.children[0].endedAt ?? Infinity)),
  },
  '000-06-process-child-stdin.py': {
    'parent reads the line': (run) => run.events('input').some(({ task }) => task === run.main.tid),
  },
  '000-07-process-attributes.py': {
    'created / alive / ended, with the name shown on the lane': (run) =>
      run.children.some(({ name, endedAt, createdAt }) => name === 'Tarena' && (endedAt ?? 0) > createdAt),
  },
  '000-08-process-daemon.py': { 'daemon child killed (SIGTERM) when the parent exits': daemonKilledAtExit },
  '000-28-create-cost.py': {
    'many short lanes': (run) => run.children.length >= 40 && run.threads.length >= 40,
    'a pool doing the same work on two lanes': (run) => run.mostAlive(run.children) >= 2,
  },
  '001-02-spawn-callable-object.py': {
    'child starts a fresh interpreter (slow start)': startedBy('spawn'),
    'parent blocked in join': joined,
  },
  '001-05-fork-function-target.py': { 'child is a copy of the parent': startedBy('fork') },
  '001-08-set-start-method-once.py': { 'child starts a fresh interpreter': startedBy('spawn') },
  '001-09-daemon-tree.py': {
    'process tree of three levels': (run) => {
      const pids = run.children.map(({ pid }) => pid);
      return run.children.some(({ creator }) => pids.includes(creator));
    },
    'daemon grandchild terminated when its parent ends': daemonKilledAtExit,
    'its parent waits for the non-daemon grandchild before it ends': (run) => {
      const grandchild = run.children.find(({ daemon, creator }) => !daemon && creator !== run.main.tid);
      const parent = run.children.find(({ tid }) => tid === grandchild?.creator);
      return parent !== undefined && (parent.endedAt ?? 0) >= (grandchild?.endedAt ?? Infinity);
    },
  },
  '001-10-process-constructor.py': {
    'subclass run in a new process': (run) => run.children.length > 0,
  },
  '002-01-process-function.py': {
    'child sleeping 1-3 s (random)': (run) => run.children.some((child) => run.waited(child, 'sleep', 0.9)),
    'main waits for the child at exit': waitsAtExit,
  },
  '002-02-process-class.py': {
    'child sleeping 1-3 s (random)': (run) => run.children.some((child) => run.waited(child, 'sleep', 0.9)),
    'main waits for the child at exit': waitsAtExit,
  },
  '002-12-process-exitcode.py': {
    'five ways a process lane ends: return, exit, exception, SIGTERM, SIGKILL': (run) =>
      [0, 3, 1, -SIGTERM, -SIGKILL].every((status, index) => run.children[index]?.status === status),
  },
  '002-14-terminate-grandchild.py': {
    'process killed, its child runs on as an orphan': (run) => {
      const [child, grandchild] = run.children;
      return child?.status === -SIGTERM && (grandchild?.endedAt ?? 0) > (child.endedAt ?? Infinity)
        && run.events('task-adopt').some(({ task }) => task === grandchild?.tid);
    },
  },
  '002-15-join-needs-start.py': { 'run called directly: no new lane': (run) => run.children.length === 0 },
  '003-01-create-process.py': {
    'main and child running side by side': (run) => run.mostAlive([run.main, ...run.children]) === 2,
  },
  '003-05-process-join-serial.py': {
    'three lanes one after another': (run) => isInOrder(run.children.slice(0, 3)),
    'three lanes side by side': (run) => run.children.length === 6 && run.mostAlive(run.children.slice(3)) === 3,
  },
  '003-06-process-ids-terminate.py': { 'child killed by terminate': killedBy(SIGTERM) },
  '003-07-zombie.py': {
    'child zombie from its end until join': (run) => run.children.length === 1 && run.wasZombie(run.children[0], 0.2),
  },
  '000-21-signal-ipc.py': {
    'signal delivered while the child sleeps': (run) => {
      const [child] = run.children;
      return run.links('signal', run.main, child).length === 2 && run.waits(child, 'sleep').some(({ cause }) => cause === 'interrupted')
        && run.events('signal-deliver').some(({ task, detail }) => task === child.tid && detail === SIGUSR1);
    },
  },
  '003-08-zombie-parent-exit.py': {
    'grandchild zombie until its parent ends': (run) => {
      const [parent, grandchild] = run.children;
      return run.wasZombie(grandchild, 0.2) && (grandchild.reapedAt ?? 0) <= (parent.endedAt ?? 0) + 1e6;
    },
  },
  '003-09-orphan.py': {
    'process killed by SIGKILL': killedBy(SIGKILL),
    'its child re-parented, runs on': (run) => wasAdopted(run, run.children[1]),
  },
  '003-26-gil-two-processes.py': {
    'two processes running at the same time, each with its own GIL': (run) =>
      run.mostRunning(run.children) === 2 && run.children.every((child) => run.waits(child, 'gil').length === 0),
  },
  '004-01-process-basic.py': {
    'main fails with an exception while the child runs on': (run) => run.main.status === 1 && waitsAtExit(run),
    'main waits for the child at exit (20 s)': (run) => run.waited(run.main, JOIN, 10),
    'child sleeping 2 s between prints': (run) => run.waits(run.children[0], 'sleep').filter((wait) => secondsOf(wait) > 1.9).length >= 5,
  },
  '004-02-process-daemon-before-start.py': { 'daemon child killed when main exits': daemonKilledAtExit },
  '004-03-process-terminate.py': { 'child killed by terminate': killedBy(SIGTERM) },
  '004-04-process-sync-async.py': {
    'lanes one after another': (run) => isInOrder(run.children.slice(0, 2)),
    'lanes side by side': (run) => run.children.length === 4 && run.mostAlive(run.children.slice(2)) === 2,
  },
};
