import { API_NAMES } from './api-names';
import { inspect } from './inspect';
import { ownStack, type RemoteError } from './own-stack';

/** Errors that are caused by errors that are caused by errors: so many are shown. */
const MOST_CAUSES = 5;

/** An uncaught error in one line. */
export function summaryOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `uncaught ${inspect(thrown)}`;
  const { name, message } = thrown;
  return message === '' ? name : `${name}: ${message}${hintFor(thrown)}`;
}

/** The report of an uncaught error: what it says, and the program's own lines that led to it. */
export function reportOf(thrown: unknown): string {
  const lines: string[] = [];
  let error = thrown;
  for (let depth = 0; depth < MOST_CAUSES; depth++) {
    lines.push(depth === 0 ? summaryOf(error) : `caused by ${summaryOf(error)}`);
    if (!(error instanceof Error)) break;
    const { remoteStack } = error as RemoteError;
    if (remoteStack !== undefined && remoteStack !== '') {
      lines.push(remoteStack, '  and where it came back from that task:');
    }
    const own = ownStack(error);
    if (own !== '') lines.push(own);
    if (error.cause === undefined) break;
    error = error.cause;
  }
  return lines.join('\n');
}

/** What a program tries that has been taken away (sandbox.ts), and what to do. */
const MISSING: Readonly<Record<string, string>> = {
  fetch: 'a program reaches nothing outside the machine',
  XMLHttpRequest: 'a program reaches nothing outside the machine',
  WebSocket: 'a program reaches nothing outside the machine',
  Worker: "start a Process or a Thread of 'weft'",
  postMessage: "send what you have to send through a Queue or a Pipe of 'weft'",
  window: 'a program has no page',
  document: 'a program has no page',
  process: "print, exit and the rest come from 'weft'",
};

function hintFor(error: Error): string {
  if (!(error instanceof ReferenceError)) return '';
  const [, name = ''] = /^(\w+) is not defined$/.exec(error.message) ?? [];
  // A name that was forgotten in the import is the commonest mistake.
  if ((API_NAMES as readonly string[]).includes(name)) return ": add it to the import from 'weft'";
  return Object.hasOwn(MISSING, name) ? `: ${MISSING[name]}` : '';
}
