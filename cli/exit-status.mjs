// @ts-check

export const EXIT_USAGE = 2;
/** EX_SOFTWARE of sysexits.h: the machine failed, not the program. */
export const EXIT_MACHINE = 70;
/** As `timeout` of coreutils. */
export const EXIT_TIMEOUT = 124;
/** Added to the number of the signal that ended a program, as shells do. */
export const EXIT_SIGNAL = 128;

/**
 * A process's exit status as the one of a command: negative is minus a signal.
 *
 * @param {number} status
 */
export function shellStatus(status) {
  return status < 0 ? EXIT_SIGNAL - status : status & 0xff;
}

/**
 * The status of a command that ran several programs: the first that is not 0.
 *
 * @param {readonly number[]} statuses
 */
export function combinedStatus(statuses) {
  return statuses.find((status) => status !== 0) ?? 0;
}
