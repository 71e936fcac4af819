import { clearEvent, createEvent, eventIsSet, setEvent, waitEvent } from '../../../kernel/sync/event';
import { DONE, PARKED } from '../../../protocol/errno';
import { ObjectTypeCode } from '../../../protocol/words';
import { block, deadlineAfter, k, refuseWhileLoading } from '../runtime';
import { Attached, KernelObject, canBeSent, makeObject } from './kernel-object';
import { offer } from './offered';

export class Event extends KernelObject {
  constructor(from?: Attached) {
    super(from instanceof Attached ? from.at : newEvent());
  }

  /** Waits until it is set; false where `timeout` seconds were over first. */
  wait(timeout?: number): boolean {
    if (k.loading) refuseWhileLoading('wait');
    const deadline = deadlineAfter(timeout);
    let outcome = waitEvent(k, this.at, deadline);
    while (outcome === PARKED) {
      block();
      outcome = waitEvent(k, this.at, deadline);
    }
    return outcome === DONE;
  }

  set(): void {
    if (k.loading) refuseWhileLoading('set');
    setEvent(k, this.at);
  }

  clear(): void {
    if (k.loading) refuseWhileLoading('clear');
    clearEvent(k, this.at);
  }

  isSet(): boolean {
    k.look();
    return eventIsSet(k, this.at);
  }
}

function newEvent(): number {
  const name = k.takeName();
  return makeObject(ObjectTypeCode.event, () => createEvent(k, name));
}

offer({ Event });
canBeSent(ObjectTypeCode.event, Event);
