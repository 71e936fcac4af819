/**
 * What a kernel operation answers. 0 and above is success; `PARKED` means that the task is on a wait queue and must give
 * up its worker, then attempt the same operation again; the rest are POSIX numbers, negated, as Linux system calls have them.
 */
export const DONE = 0;
/** The task is on a wait queue: give up the worker, and when dispatched again attempt the operation once more. */
export const PARKED = -1000;

export const EPERM = -1;
export const ENOENT = -2;
export const ESRCH = -3;
export const EINTR = -4;
export const EBADF = -9;
export const ECHILD = -10;
export const EAGAIN = -11;
export const ENOMEM = -12;
export const EINVAL = -22;
export const EEXIST = -17;
export const ENOTDIR = -20;
export const EISDIR = -21;
export const ENOSPC = -28;
export const ENAMETOOLONG = -36;
export const ENOLCK = -37;
export const ENOTEMPTY = -39;
export const EPIPE = -32;
export const ENOTSOCK = -88;
export const EDESTADDRREQ = -89;
export const EMSGSIZE = -90;
export const EOPNOTSUPP = -95;
export const EADDRINUSE = -98;
export const EADDRNOTAVAIL = -99;
export const ENETUNREACH = -101;
export const EISCONN = -106;
export const ENOTCONN = -107;
export const ETIMEDOUT = -110;
export const ECONNREFUSED = -111;
/** A task table, object table or worker table is full. */
export const ENFILE = -23;
/** BoundedSemaphore released too often, task_done called too often. */
export const EOVERFLOW = -75;
/** The other side is closed and nothing is left to read. */
export const EOF = -1001;
/** A barrier was broken or reset while a task waited in it. */
export const EBROKEN = -1002;
/** The queue or pool is closed. */
export const ECLOSED = -1003;

const names = new Map<number, string>([
  [DONE, 'done'], [PARKED, 'parked'], [EPERM, 'EPERM'], [ESRCH, 'ESRCH'], [EINTR, 'EINTR'], [EBADF, 'EBADF'],
  [ECHILD, 'ECHILD'], [EAGAIN, 'EAGAIN'], [ENOMEM, 'ENOMEM'], [EINVAL, 'EINVAL'], [EPIPE, 'EPIPE'],
  [EMSGSIZE, 'EMSGSIZE'], [ETIMEDOUT, 'ETIMEDOUT'], [ENFILE, 'ENFILE'], [EOVERFLOW, 'EOVERFLOW'], [EOF, 'EOF'],
  [EBROKEN, 'EBROKEN'], [ECLOSED, 'ECLOSED'], [ENOENT, 'ENOENT'], [ENOTSOCK, 'ENOTSOCK'], [EDESTADDRREQ, 'EDESTADDRREQ'],
  [EOPNOTSUPP, 'EOPNOTSUPP'], [EADDRINUSE, 'EADDRINUSE'], [EADDRNOTAVAIL, 'EADDRNOTAVAIL'], [ENETUNREACH, 'ENETUNREACH'],
  [EISCONN, 'EISCONN'], [ENOTCONN, 'ENOTCONN'], [ECONNREFUSED, 'ECONNREFUSED'], [EEXIST, 'EEXIST'],
  [ENOTDIR, 'ENOTDIR'], [EISDIR, 'EISDIR'], [ENOSPC, 'ENOSPC'], [ENOTEMPTY, 'ENOTEMPTY'], [ENOLCK, 'ENOLCK'],
  [ENAMETOOLONG, 'ENAMETOOLONG'],
]);

/** The name of an answer, for messages: `errnoName(-32)` is `EPIPE`. */
export function errnoName(answer: number): string {
  return names.get(answer) ?? (answer > 0 ? `result ${answer}` : `errno ${-answer}`);
}
