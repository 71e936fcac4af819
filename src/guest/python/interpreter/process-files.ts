import { INIT_PID } from '../../../protocol/ids';
import { TASK_STATES, TaskStateCode } from '../../../protocol/words';
import type { Kernel } from '../../../kernel/kernel';
import {
  TASK_FLAGS, TASK_GROUP, TASK_HIGH, TASK_PARENT, TASK_PID, TASK_SESSION, TASK_STATE, TASK_TID, TaskFlag, taskAddress,
} from '../../../kernel/layout';
import { findProcess, isProcess } from '../../../kernel/task-table';
import type { FileNode, FileSystem } from './raw-python';

/**
 * The folder /proc as Linux has it: a folder for each process that lives or is a zombie, with `stat`, `status` and `comm`. So a
 * program can see its zombies. Each file holds what was so when it was opened.
 */

const S_IFDIR = 0o40000;
const S_IFREG = 0o100000;
const ENOENT = 44;
const FILES = { stat: statOf, status: statusOf, comm: commOf } as const;
type FileName = keyof typeof FILES;

interface NodeOperations {
  lookup?(parent: FileNode, name: string): FileNode;
  readdir?(node: FileNode): string[];
  getattr?(node: FileNode): object;
}
interface ProcNode extends FileNode {
  mode: number;
  node_ops: NodeOperations;
  stream_ops: object;
  parent: ProcNode;
}
/** What Emscripten's own classes are called is not known; their instances are at hand. */
type ProcFileSystem = Omit<FileSystem, 'lookupPath'> & {
  lookupPath(path: string): { node: ProcNode };
  readonly ErrnoError: new (errno: number) => Error;
};

/** Puts the processes into /proc. `kernel` is undefined while no process runs. */
export function showProcesses(fs: FileSystem, kernel: () => Kernel | undefined): void {
  const files = fs as unknown as ProcFileSystem;
  const proc = files.lookupPath('/proc').node;
  const own = proc.node_ops;
  const missing = (): Error => new files.ErrnoError(ENOENT);
  // Nodes of the moment: not in Emscripten's table of names, where they would outlive their processes.
  const made = (parent: ProcNode, mode: number, operations: NodeOperations, streams: object): ProcNode => ({
    ...proc, id: proc.id, mode, parent, node_ops: operations, stream_ops: streams,
  });
  proc.node_ops = {
    ...own,
    lookup(parent, name) {
      const k = kernel();
      const pid = /^[0-9]+$/.test(name) ? Number(name) : 0;
      if (k === undefined || pid === 0) return own.lookup!(parent, name);
      if (read(k, pid, (process) => process) === undefined) throw missing();
      const folder: ProcNode = made(proc, S_IFDIR | 0o555, {
        getattr: () => attributes(folder, 0),
        readdir: () => ['.', '..', ...Object.keys(FILES)],
        lookup(_parent, file) {
          const text = Object.hasOwn(FILES, file) ? read(k, pid, (process) => FILES[file as FileName](k, process)) : undefined;
          if (text === undefined) throw missing();
          return fileOf(folder, new TextEncoder().encode(text));
        },
      }, {});
      return folder;
    },
    readdir(node) {
      const k = kernel();
      return [...own.readdir!(node), ...(k === undefined ? [] : pidsOf(k).map(String))];
    },
  };

  const fileOf = (folder: ProcNode, bytes: Uint8Array): ProcNode => {
    const file: ProcNode = made(folder, S_IFREG | 0o444, { getattr: () => attributes(file, 0) }, {
      read(_stream: object, buffer: Uint8Array, offset: number, length: number, position: number): number {
        const piece = bytes.subarray(position, position + length);
        buffer.set(piece, offset);
        return piece.length;
      },
      llseek: (_stream: object, offset: number): number => offset,
    });
    return file;
  };
}

function attributes({ id, mode }: ProcNode, size: number): object {
  const time = new Date(0);
  return { dev: 5, ino: id, mode, nlink: 1, uid: 0, gid: 0, rdev: 0, size, atime: time, mtime: time, ctime: time, blksize: 4096, blocks: 0 };
}

/** What `of` answers of the process `pid`, or undefined where there is none. */
function read<Answer>(k: Kernel, pid: number, of: (process: number) => Answer): Answer | undefined {
  k.lock();
  const process = findProcess(k, pid);
  const answer = process === 0 || !isProcess(k, process) ? undefined : of(process);
  k.unlock();
  return answer;
}

function pidsOf(k: Kernel): number[] {
  const pids: number[] = [];
  k.lock();
  for (let index = 0; index < k.words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (isProcess(k, task) && findProcess(k, k.words[task + TASK_TID]) === task) pids.push(k.words[task + TASK_TID]);
  }
  k.unlock();
  return pids;
}

/** The letter and the word of proc(5): running, sleeping, stopped, zombie. A process is running while one of its threads is. */
function stateOf(k: Kernel, process: number): [string, string] {
  const { words } = k;
  if (words[process + TASK_STATE] === TaskStateCode.zombie) return ['Z', 'zombie'];
  if ((words[process + TASK_FLAGS] & TaskFlag.Stopped) !== 0) return ['T', 'stopped'];
  for (let index = 1; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    const state = TASK_STATES[words[task + TASK_STATE]];
    if (words[task + TASK_PID] === words[process + TASK_TID] && (state === 'running' || state === 'ready')) return ['R', 'running'];
  }
  return ['S', 'sleeping'];
}

/** What Linux shows as the name of the program's file. */
function programName(k: Kernel, process: number): string {
  return k.words[process + TASK_TID] === INIT_PID ? 'init' : 'python3';
}

function statOf(k: Kernel, process: number): string {
  const { words } = k;
  const [letter] = stateOf(k, process);
  const numbers = [words[process + TASK_PARENT], words[process + TASK_GROUP], words[process + TASK_SESSION]];
  // Fields that say nothing here: terminal, times, memory.
  return `${words[process + TASK_TID]} (${programName(k, process)}) ${letter} ${numbers.join(' ')}${' 0'.repeat(46)}\n`;
}

function statusOf(k: Kernel, process: number): string {
  const { words } = k;
  const pid = words[process + TASK_TID];
  const [letter, word] = stateOf(k, process);
  return `Name:\t${programName(k, process)}\nState:\t${letter} (${word})\nTgid:\t${pid}\nPid:\t${pid}\nPPid:\t${words[process + TASK_PARENT]}\n`;
}

function commOf(k: Kernel, process: number): string {
  return `${programName(k, process)}\n`;
}
