import type { FileStream, FileSystem } from './raw-python';

const F_DUPFD = 0;
const F_GETFD = 1;
const F_SETFD = 2;
const F_SETFL = 4;
const F_DUPFD_CLOEXEC = 1030;
const FD_CLOEXEC = 1;
const O_CLOEXEC = 0o2000000;
/** What F_SETFL can change: O_APPEND, O_NONBLOCK. */
const CHANGEABLE = 0o2000 | 0o4000;

type Call = (...values: number[]) => number;

/**
 * What `fcntl` says of descriptors. Emscripten has no flag for those that a program does not inherit (none is started here, but
 * Python asks), and never takes a flag of an open file away.
 */
export function keepDescriptorFlags(env: Record<string, Call>, running: () => { fs: FileSystem; words: Int32Array } | undefined): void {
  const control = env['__syscall_fcntl64'];
  const duplicateTo = env['__syscall_dup3'];
  const duplicate = env['__syscall_dup'];
  const setOn = (fd: number, closes: boolean): number => {
    const stream = fd < 0 ? undefined : running()?.fs.streams[fd];
    if (stream) stream.closeOnExec = closes;
    return fd;
  };
  env['__syscall_fcntl64'] = (fd, command, more) => {
    const process = running();
    const stream = process?.fs.streams[fd];
    if (!process || !stream) return control(fd, command, more);
    const argument = (): number => process.words[more >> 2];
    switch (command) {
      case F_GETFD: return closesOnExec(stream) ? FD_CLOEXEC : 0;
      case F_SETFD: return setOn(fd, (argument() & FD_CLOEXEC) !== 0) && 0;
      case F_SETFL: {
        stream.flags = (stream.flags & ~CHANGEABLE) | (argument() & CHANGEABLE);
        return 0;
      }
      case F_DUPFD: return setOn(control(fd, F_DUPFD, more), false);
      case F_DUPFD_CLOEXEC: return setOn(control(fd, F_DUPFD, more), true);
      default: return control(fd, command, more);
    }
  };
  env['__syscall_dup3'] = (from, to, flags) => setOn(duplicateTo(from, to, flags), (flags & O_CLOEXEC) !== 0);
  env['__syscall_dup'] = (fd) => setOn(duplicate(fd), false);
}

function closesOnExec(stream: FileStream): boolean {
  return stream.closeOnExec ?? (stream.flags & O_CLOEXEC) !== 0;
}
