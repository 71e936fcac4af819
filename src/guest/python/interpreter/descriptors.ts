import { DONE, EINTR, ENFILE } from '../../../protocol/errno';
import { isOpenFile, openFlags, readOpenFile, writeOpenFile } from '../../../kernel/files/open-file';
import { closeHandle, findHandle, openHandle, type Handle } from '../../../kernel/handles';
import { copyBytes } from '../../../kernel/ipc/chain';
import { createPipe } from '../../../kernel/ipc/pipe';
import { pollStreams, PollEvent, type PollEntry } from '../../../kernel/ipc/poll';
import { receiveSocket, sendSocket } from '../../../kernel/ipc/socket-stream';
import { isSocket } from '../../../kernel/ipc/socket-words';
import { readStream, writeStream } from '../../../kernel/ipc/stream';
import type { Kernel } from '../../../kernel/kernel';
import { HANDLE_END, HANDLE_OBJECT, OBJECT_ID } from '../../../kernel/layout';
import { markPart } from '../../../kernel/program-objects';
import { sleepUntil } from '../../../kernel/time';
import { deadlineAfter, kernelInTurn, kernelOf, type ProcessState } from '../process-state';
import { wholeOf } from '../calls/whole';
import { Console } from './console';
import { keepDescriptorFlags } from './descriptor-flags';
import { emscriptenErrno } from './emscripten-errno';
import { OpenFiles } from './open-files';
import type { FileStream, FileSystem, PipeEnd } from './raw-python';
import type { SharedFiles } from './shared-files';
import { suspendable, type Wait } from './suspendable';

/** An open pipe end, socket or file as a new process inherits it. */
export interface OpenDescriptor extends PipeEnd {
  readonly fd: number;
  readonly flags: number;
  /** Of a file. */
  readonly path?: string;
}

const O_NONBLOCK = 2048;
const S_IFIFO = 0o10000;
const S_IFSOCK = 0o140000;
/** As Emscripten has it. */
const MOST_DESCRIPTORS = 4096;
const O_RDONLY = 0;
const O_WRONLY = 1;
const O_RDWR = 2;
const POLLFD_WORDS = 2;
const POLLNVAL = 32;
/** What poll says of a file that never makes anybody wait. */
const ALWAYS_READY = PollEvent.In | PollEvent.Out;

type SystemCall = (...values: number[]) => number;

/**
 * The kernel's pipes, sockets and files as file descriptors. Emscripten's own table of descriptors holds them, so dup, dup2, fcntl and close
 * are Emscripten's; the system calls that read, write and wait are replaced here, and suspend the stack where they wait.
 */
export class Descriptors {
  private readonly console: Console;
  private made = 0;
  private openFiles: OpenFiles | undefined;

  constructor(private readonly process: () => ProcessState, private readonly sharedFiles: () => SharedFiles) {
    this.console = new Console(process);
  }

  /** `guarded`: as what may wait for its turn is to be called, see turns.ts. */
  replaceImports(imports: WebAssembly.Imports, wait: Wait, guarded: (call: SystemCall) => SystemCall): void {
    const env = imports['env'] as Record<string, SystemCall>;
    const wasi = imports['wasi_snapshot_preview1'] as Record<string, SystemCall>;
    const read = wasi['fd_read'];
    const write = wasi['fd_write'];
    const poll = env['__syscall_poll'];
    const pipe = env['__syscall_pipe'];
    const replace = (calls: Record<string, SystemCall>, name: string, count: number, call: SystemCall): void => {
      calls[name] = suspendable(count, guarded(call), wait) as unknown as SystemCall;
    };
    replace(wasi, 'fd_read', 4, (fd, vectors, count, result) => {
      const weft = this.stream(fd)?.weft;
      if (weft !== undefined) return this.transfer(this.readFrom(weft, fd), vectors, count, result, 'read');
      const file = this.stream(fd)?.file;
      if (file !== undefined) return this.transfer((most) => readOpenFile(kernelOf(this.process()), file, most), vectors, count, result, 'read');
      if (this.terminalOf(fd) === 0) return this.transfer((most) => this.console.read(most), vectors, count, result, 'read');
      return read(fd, vectors, count, result);
    });
    replace(wasi, 'fd_write', 4, (fd, vectors, count, result) => {
      const weft = this.stream(fd)?.weft;
      if (weft !== undefined) return this.transfer(this.writeTo(weft, fd), vectors, count, result, 'write');
      const file = this.stream(fd)?.file;
      if (file !== undefined) {
        return this.transfer((most, bytes) => writeOpenFile(kernelOf(this.process()), file, bytes.subarray(0, most)), vectors, count, result, 'write');
      }
      const terminal = this.terminalOf(fd);
      if (terminal > 0) {
        return this.transfer((most, bytes) => this.console.write(terminal, bytes.subarray(0, most)), vectors, count, result, 'print');
      }
      return write(fd, vectors, count, result);
    });
    replace(env, '__syscall_poll', 3, (fds, count, timeout) => this.poll(poll, fds, count, timeout));
    keepDescriptorFlags(env, () => (this.isRunning ? { fs: this.fs, words: this.heap().i32 } : undefined));
    for (const [calls, name, count] of [[wasi, 'fd_close', 1], [env, '__syscall_dup', 1], [env, '__syscall_dup3', 3], [env, '__syscall_fcntl64', 3]] as const) {
      const call = calls[name];
      replace(calls, name, count, (...values) => this.andThen(() => call(...values)));
    }
    replace(env, '__syscall_pipe', 1, (pointer) => {
      if (!this.isRunning) return pipe(pointer);
      const fds = this.pipe(true);
      if (typeof fds === 'number') return -33; // ENFILE
      this.heap().i32.set(fds, pointer >> 2);
      return 0;
    });
  }

  /**
   * What Emscripten's own code does to the kernel's descriptors the kernel hears of when that has returned: nobody could wait for
   * a turn in its midst.
   */
  private andThen(call: () => number): number {
    if (!this.isRunning) return call();
    const { stacks } = this.process();
    const { answer, deeds } = stacks.once(() => {
      const due: ((k: Kernel) => void)[] = [];
      this.due = due;
      try {
        return { answer: call(), deeds: due };
      } finally {
        this.due = undefined;
      }
    });
    for (const deed of deeds) {
      const k = kernelInTurn(this.process());
      stacks.once(() => deed(k));
    }
    return answer;
  }

  private due: ((k: Kernel) => void)[] | undefined;

  private soon(deed: (k: Kernel) => void): void {
    if (this.due === undefined) deed(kernelInTurn(this.process()));
    else this.due.push(deed);
  }

  /** A new pipe; the descriptors of its ends 0 and 1, or an errno of the kernel. */
  pipe(oneWay: boolean): readonly [number, number] | number {
    const process = this.process();
    const k = kernelInTurn(process);
    const object = process.stacks.once(() => this.makePipe(k, oneWay));
    if (object < 0) return object;
    return [this.open({ object, end: 0 }, oneWay ? O_RDONLY : O_RDWR), this.open({ object, end: 1 }, oneWay ? O_WRONLY : O_RDWR)];
  }

  private makePipe(k: Kernel, oneWay: boolean): number {
    // Emscripten throws an error of its own where its table is full.
    if (this.fs.streams.reduce((sum, stream) => sum + (stream ? 1 : 0), 0) > MOST_DESCRIPTORS - 2) return ENFILE;
    const object = createPipe(k, oneWay, '');
    if (object < 0) return object;
    const whole = wholeOf(this.process());
    if (whole !== 0) markPart(k, object, whole);
    return object;
  }

  /** The address of the pipe or socket that `fd` is open on, or 0. */
  objectOf(fd: number): number {
    return this.stream(fd)?.weft?.object ?? 0;
  }

  /** What the kernel's file is called that `fd` is open on; undefined: it is open on none of them. */
  fileNameOf(fd: number): string | undefined {
    const stream = this.stream(fd);
    return stream?.file === undefined ? undefined : (stream.path ?? '').replace(/^.*\//, '');
  }

  isOpen(fd: number): boolean {
    return this.stream(fd) !== undefined;
  }

  /** What a new process inherits: all open ends, or those of the given descriptors. */
  inherited(only?: readonly number[]): OpenDescriptor[] {
    const open: OpenDescriptor[] = [];
    for (const stream of this.fs.streams) {
      if (!stream || (only !== undefined && !only.includes(stream.fd))) continue;
      const { fd, flags, weft, file, path } = stream;
      if (weft !== undefined) open.push({ fd, flags, object: weft.object, end: weft.end });
      else if (file !== undefined) open.push({ fd, flags, object: file, end: 0, path });
    }
    return open;
  }

  /** The kernel has opened the handles already: see {@link handlesOf}. */
  adopt(descriptors: readonly OpenDescriptor[]): void {
    for (const { fd, flags, object, end, path } of descriptors) this.createStream({ object, end }, flags, fd, path);
  }

  /** Forgets all, without closing: the process is over, and the kernel has closed them. */
  reset(): void {
    this.files.reset();
    this.console.reset();
  }

  /** Those that are none of the kernel's. First asked for when the interpreter has booted. */
  get files(): OpenFiles {
    return (this.openFiles ??= new OpenFiles(this.fs));
  }

  private get fs(): FileSystem {
    return this.process().interpreter.python.FS;
  }
  private heap(): { u8: Uint8Array; u32: Uint32Array; i32: Int32Array } {
    return this.process().interpreter.native.heap();
  }
  /** Undefined also while Python boots: it writes nothing of ours then. */
  private stream(fd: number): FileStream | undefined {
    return this.isRunning ? (this.fs.streams[fd] ?? undefined) : undefined;
  }
  private terminalOf(fd: number): number {
    return this.isRunning ? this.files.terminalOf(this.fs.streams[fd]) : -1;
  }
  private get isRunning(): boolean {
    return this.process().kernel !== undefined;
  }

  /** Descriptors that are free now, lowest first. */
  freeNumbers(count: number): number[] {
    const numbers: number[] = [];
    for (let fd = 3; numbers.length < count; fd++) if (!this.fs.streams[fd]) numbers.push(fd);
    return numbers;
  }

  /** Makes the descriptor of a handle that the kernel has opened under its number already. */
  adoptOpened(k: Kernel, fd: number, flags: number): void {
    const handle = findHandle(k, k.home, fd);
    this.createStream({ object: k.words[handle + HANDLE_OBJECT], end: k.words[handle + HANDLE_END] }, flags, fd);
  }

  /** Opens a handle, and its descriptor; or an errno. */
  open(pipe: PipeEnd, flags: number): number {
    const { stacks } = this.process();
    const { fd } = stacks.once(() => this.createStream(pipe, flags));
    const k = kernelInTurn(this.process());
    const outcome = stacks.once(() => openHandle(k, pipe.object, pipe.end, fd));
    if (outcome === DONE) return fd;
    this.fs.streams[fd] = null;
    return outcome;
  }

  private createStream(weft: PipeEnd, flags: number, fd = -1, path = ''): FileStream {
    const { fs } = this;
    const k = this.process().kernel!;
    if (isOpenFile(k, weft.object)) return fs.createStream(this.sharedFiles().streamOf(weft.object, path, openFlags(k, weft.object)), fd);
    const hasSocket = isSocket(k, weft.object);
    const name = `${hasSocket ? 'socket' : 'pipe'}:[${++this.made}]`;
    const node = fs.createNode(fs.root, `\0${name}`, (hasSocket ? S_IFSOCK : S_IFIFO) | 0o600, 0);
    return fs.createStream({ path: name, node, flags, seekable: false, stream_ops: this.operations, weft, closeOnExec: true }, fd);
  }

  private readonly operations = {
    dup: ({ weft, fd }: FileStream): void => this.soon((k) => void openHandle(k, weft!.object, weft!.end, fd)),
    close: ({ fd }: FileStream): void => this.soon((k) => void closeHandle(k, fd)),
    poll: (stream: FileStream): number => this.look([{ ...stream.weft!, events: ALWAYS_READY, ready: 0 }], -1).ready,
    getattr: (stream: FileStream): object => {
      const time = new Date(0);
      return {
        // The same in every process that has it.
        dev: 14, ino: this.process().kernel!.words[stream.weft!.object + OBJECT_ID], mode: stream.node.mode, nlink: 1, uid: 0, gid: 0, rdev: 0, size: 0,
        atime: time, mtime: time, ctime: time, blksize: 4096, blocks: 0,
      };
    },
  };

  private look(entries: PollEntry[], deadline: number): PollEntry {
    const k = kernelInTurn(this.process());
    return this.process().stacks.once(() => {
      pollStreams(k, entries, deadline);
      return entries[0];
    });
  }

  private deadline(fd: number): number {
    return ((this.stream(fd)?.flags ?? 0) & O_NONBLOCK) !== 0 ? -1 : Infinity;
  }
  private readFrom({ object, end }: PipeEnd, fd: number): Transfer {
    const k = kernelOf(this.process());
    const deadline = this.deadline(fd);
    if (isSocket(k, object)) return (most) => receiveSocket(k, object, most, false, deadline);
    return (most) => readStream(k, object, end, most, deadline);
  }
  private writeTo({ object, end }: PipeEnd, fd: number): Transfer {
    const k = kernelOf(this.process());
    const deadline = this.deadline(fd);
    if (isSocket(k, object)) return (most, bytes) => sendSocket(k, object, bytes, 0, most, deadline);
    return (most, bytes) => writeStream(k, object, end, bytes, 0, most, deadline);
  }

  /**
   * One read or write over the buffers of an iovec. A suspended stack's part of the C stack may be moved away, and with it
   * the vector and the buffers: they are read at once, and written by the finish.
   */
  private transfer(move: Transfer, vectors: number, count: number, result: number, way: 'read' | 'write' | 'print'): number {
    const { process } = this;
    const { u8, u32 } = this.heap();
    const buffers: { at: number; length: number }[] = [];
    let total = 0;
    for (let i = 0; i < count; i++) {
      const at = u32[(vectors >> 2) + 2 * i];
      const length = u32[(vectors >> 2) + 2 * i + 1];
      if (length > 0) buffers.push({ at, length });
      total += length;
    }
    const bytes = way === 'read' ? EMPTY : gather(u8, buffers, total);
    const { stacks, hasGil } = process();
    const attempt = (): number => move(total, bytes);
    const finish = (outcome: number): number => {
      if (outcome !== DONE) return emscriptenErrno(outcome);
      const k = process().kernel!;
      const moved = k.result;
      const heap = this.heap();
      if (way === 'read') scatter(heap.u8, buffers, k.scratch, moved);
      heap.u32[result >> 2] = moved;
      return 0;
    };
    // What another thread prints meanwhile waits for `_io`'s lock.
    return stacks.systemCall(attempt, finish, way === 'print' && hasGil);
  }

  private poll(original: SystemCall, fds: number, count: number, timeout: number): number {
    const { kernel, interpreter, stacks } = this.process();
    const first = original(fds, count, 0);
    if (first !== 0 || timeout === 0 || kernel === undefined || !interpreter.python._module.validSuspender.value) return first;
    const { i32 } = this.heap();
    const asked = Array.from({ length: count }, (_, i) => {
      const fd = i32[(fds >> 2) + POLLFD_WORDS * i];
      const events = i32[(fds >> 2) + POLLFD_WORDS * i + 1] & 0xffff;
      return { events, stream: this.stream(fd) };
    });
    const entries = asked.map(({ events, stream }): PollEntry => (
      stream?.weft === undefined ? { object: 0, end: 0, events: 0, ready: 0 } : { ...stream.weft, events, ready: 0 }
    ));
    const pipes = entries.filter(({ object }) => object !== 0);
    const k = kernelOf(this.process());
    const deadline = timeout < 0 ? Infinity : deadlineAfter(k, timeout / 1000);
    const attempt = pipes.length === 0 ? (): number => sleepUntil(k, deadline) : (): number => pollStreams(k, pipes, deadline);
    return stacks.systemCall(attempt, (outcome) => {
      const heap = this.heap();
      if (outcome === EINTR) {
        // The C library's select does not set it.
        const number = emscriptenErrno(EINTR);
        heap.i32[interpreter.x.__errno_location() >> 2] = number;
        return -number;
      }
      let ready = 0;
      asked.forEach(({ events, stream }, i) => {
        const others = stream === undefined ? POLLNVAL : (stream.weft ? 0 : ALWAYS_READY & events);
        const got = entries[i].ready | others;
        heap.i32[(fds >> 2) + POLLFD_WORDS * i + 1] = events | (got << 16);
        if (got !== 0) ready++;
      });
      return ready;
    });
  }
}

/** Moves at most `most` bytes; those that it read are in the kernel's scratch. How many is in `k.result`. */
type Transfer = (most: number, bytes: Uint8Array) => number;

const EMPTY = new Uint8Array(0);

/** As handles of the kernel. */
export function handlesOf(descriptors: readonly OpenDescriptor[]): Handle[] {
  return descriptors.map(({ object, end, fd }) => ({ object, end, number: fd }));
}

function gather(u8: Uint8Array, buffers: readonly { at: number; length: number }[], total: number): Uint8Array {
  const bytes = new Uint8Array(total);
  let offset = 0;
  for (const { at, length } of buffers) {
    copyBytes(u8, at, bytes, offset, length);
    offset += length;
  }
  return bytes;
}

/** Puts the first `total` of `bytes` into the buffers. */
function scatter(u8: Uint8Array, buffers: readonly { at: number; length: number }[], bytes: Uint8Array, total: number): void {
  let offset = 0;
  for (const { at, length } of buffers) {
    const part = Math.min(length, total - offset);
    copyBytes(bytes, offset, u8, at, part);
    offset += part;
  }
}
