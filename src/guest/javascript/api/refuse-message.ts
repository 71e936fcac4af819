import { EMSGSIZE, ENOMEM } from '../../../protocol/errno';
import { MemoryError, MessageTooLarge, ValueError } from '../errors';

/** What went wrong with a message, as the program's exception. */
export function refuseMessage(outcome: number, what: string): never {
  if (outcome === EMSGSIZE) {
    throw new MessageTooLarge(`${what} of a message that is too long: send it in parts`);
  }
  if (outcome === ENOMEM) {
    throw new MemoryError(`no room to ${what} the message: the machine's memory is full`);
  }
  throw new ValueError(`${what} failed (${outcome})`);
}
