import {
  LAST_TO_ARRIVE,
  abortBarrier,
  barrierState,
  createBarrier,
  openBarrier,
  resetBarrier,
  waitBarrier,
} from '../../../kernel/sync/barrier';
import { EBROKEN, PARKED } from '../../../protocol/errno';
import { ObjectTypeCode } from '../../../protocol/words';
import { BrokenBarrierError, ValueError } from '../errors';
import { block, deadlineAfter, k, refuseWhileLoading } from '../runtime';
import { Attached, KernelObject, canBeSent, makeObject } from './kernel-object';
import { offer } from './offered';

export class Barrier extends KernelObject {
  /**
   * `action` is run by the last to arrive, before the others go on; `timeout` holds for each `wait` without
   * its own. Where the barrier comes in a message they stay behind, as functions do.
   */
  constructor(
    parties: number | Attached,
    private readonly action?: () => void,
    private readonly timeout?: number,
  ) {
    super(parties instanceof Attached ? parties.at : newBarrier(parties));
  }

  /** Waits for the others; answers the number of those who came before, 0 for the first. */
  wait(timeout?: number): number {
    if (k.loading) refuseWhileLoading('wait');
    const deadline = deadlineAfter(timeout ?? this.timeout);
    let outcome = waitBarrier(k, this.at, deadline);
    while (outcome === PARKED) {
      block();
      outcome = waitBarrier(k, this.at, deadline);
    }
    const index = k.result;
    if (outcome === LAST_TO_ARRIVE) outcome = this.open();
    if (outcome === EBROKEN) {
      throw new BrokenBarrierError(
        'the barrier is broken: somebody gave up waiting, aborted or reset it; reset() makes it whole',
      );
    }
    return index;
  }

  /** Breaks the barrier: who waits and who comes gets BrokenBarrierError, until it is reset. */
  abort(): void {
    if (k.loading) refuseWhileLoading('abort');
    abortBarrier(k, this.at);
  }

  /** Makes the barrier whole and empty; who waits gets BrokenBarrierError. */
  reset(): void {
    if (k.loading) refuseWhileLoading('reset');
    resetBarrier(k, this.at);
  }

  get parties(): number {
    return barrierState(k, this.at).parties;
  }

  get nWaiting(): number {
    k.look();
    const { parties, waiting } = barrierState(k, this.at);
    return waiting === parties ? 0 : waiting;
  }

  get broken(): boolean {
    k.look();
    return barrierState(k, this.at).broken;
  }

  private open(): number {
    try {
      this.action?.();
    } catch (error) {
      abortBarrier(k, this.at);
      throw error;
    }
    return openBarrier(k, this.at);
  }
}

function newBarrier(parties: number): number {
  if (!Number.isInteger(parties) || parties < 1) {
    throw new ValueError(`invalid parties: ${String(parties)} is not 1 or more`);
  }
  const name = k.takeName();
  return makeObject(ObjectTypeCode.barrier, () => createBarrier(k, parties, name));
}

offer({ Barrier });
canBeSent(ObjectTypeCode.barrier, Barrier);
