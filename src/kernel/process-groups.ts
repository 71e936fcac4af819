import { DONE, EPERM, ESRCH } from '../protocol/errno';
import type { Kernel } from './kernel';
import { TASK_GROUP, TASK_HIGH, TASK_SESSION, TASK_TID, taskAddress } from './layout';
import { findProcess, isChild, isProcess, ownPid } from './task-table';

/** Process groups and sessions: whom a signal to a group reaches. A process is in its parent's. */

/** The group of the process `pid` (0: the current one) in `k.result`, its session in `k.number`. ESRCH. */
export function groupOf(k: Kernel, pid: number): number {
  k.enter();
  const process = findProcess(k, pid || ownPid(k));
  if (process === 0 || !isProcess(k, process)) return k.leave(ESRCH);
  k.result = k.words[process + TASK_GROUP]!;
  k.number = k.words[process + TASK_SESSION]!;
  return k.leave(DONE);
}

/** Puts the process `pid` (0: the current one), or a child, into the group `group` (0: one of its own). ESRCH, EPERM. */
export function setGroup(k: Kernel, pid: number, group: number): number {
  k.enter();
  const { words } = k;
  const process = findProcess(k, pid || ownPid(k));
  if (process === 0 || (words[process + TASK_TID] !== ownPid(k) && !isChild(k, process))) return k.leave(ESRCH);
  const number = group || words[process + TASK_TID];
  const isLeader = words[process + TASK_SESSION] === words[process + TASK_TID];
  if (isLeader || (number !== words[process + TASK_TID] && !hasGroup(k, number, words[process + TASK_SESSION]))) return k.leave(EPERM);
  words[process + TASK_GROUP] = number;
  return k.leave(DONE);
}

/** The current process begins a session and a group of its own. EPERM where it leads a group already. */
export function beginSession(k: Kernel): number {
  k.enter();
  const process = findProcess(k, ownPid(k));
  const pid = ownPid(k);
  if (k.words[process + TASK_GROUP] === pid) return k.leave(EPERM);
  k.words[process + TASK_GROUP] = k.words[process + TASK_SESSION] = pid;
  return k.leave(DONE);
}

function hasGroup(k: Kernel, group: number, session: number): boolean {
  for (let index = 1; index < k.words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (!isProcess(k, task) || findProcess(k, k.words[task + TASK_TID]) !== task) continue;
    if (k.words[task + TASK_GROUP] === group && k.words[task + TASK_SESSION] === session) return true;
  }
  return false;
}
