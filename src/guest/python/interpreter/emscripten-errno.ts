import {
  EAGAIN, EBADF, EEXIST, EINTR, EINVAL, EISDIR, ENAMETOOLONG, ENFILE, ENOENT, ENOMEM, ENOSPC, ENOTDIR, ENOTEMPTY, EPIPE, ETIMEDOUT,
} from '../../../protocol/errno';

const NUMBERS = new Map([
  [EINTR, 27], [EAGAIN, 6], [ETIMEDOUT, 6], [EBADF, 8], [ENOMEM, 48], [EPIPE, 64], [ENOENT, 44], [EEXIST, 20], [EINVAL, 28],
  [ENOTDIR, 54], [EISDIR, 31], [ENFILE, 41], [ENOSPC, 51], [ENOTEMPTY, 55], [ENAMETOOLONG, 37],
]);
const EIO = 29;

/** The number by which C code knows an errno of the kernel: Emscripten's (WASI's). */
export function emscriptenErrno(outcome: number): number {
  return NUMBERS.get(outcome) ?? EIO;
}
