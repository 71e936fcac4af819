/** An error that came out of another task keeps the program's lines that it went through there. */
export interface RemoteError extends Error {
  remoteStack?: string;
}

/** Names of the program's files: what makes a line of a stack the program's own. */
const files = new Set<string>();

export function setProgramFiles(names: readonly string[]): void {
  files.clear();
  for (const name of names) files.add(name);
}

/** `    at worker (main.js:9:5)`, `    at main.js:9:5`, and Firefox's `worker@main.js:9:5`. */
const CHROMIUM_FRAME = /^\s*at (?:async )?(?:(.*) \()?([^()]+?):(\d+):\d+\)?$/;
const FIREFOX_FRAME = /^(.*?)@(.+?):(\d+):\d+$/;
/**
 * How often a frame may follow itself before it is only counted: a recursion that went too deep has
 * thousands.
 */
const MOST_REPEATED = 3;

/**
 * The frames of an error's stack that are the program's own, innermost first: `    at worker (main.js:9)`
 * each.
 */
export function ownStack(error: Error): string {
  let stack: unknown;
  try {
    ({ stack } = error);
  } catch {
    return '';
  }
  return typeof stack === 'string' ? ownFrames(stack).join('\n') : '';
}

/** The same with the frames that the error went through in other tasks before it came here, first. */
export function wholeStack(error: RemoteError): string {
  return [error.remoteStack ?? '', ownStack(error)].filter((part) => part !== '').join('\n');
}

export function ownFrames(stack: string): string[] {
  const runs: { frame: string; count: number }[] = [];
  for (const line of stack.split('\n')) {
    const frame = ownFrame(line);
    const last = runs.at(-1);
    if (frame === undefined) continue;
    if (frame === last?.frame) last.count++;
    else runs.push({ frame, count: 1 });
  }
  return runs.flatMap(({ frame, count }) => {
    if (count <= MOST_REPEATED) return new Array<string>(count).fill(frame);
    return [
      ...new Array<string>(MOST_REPEATED).fill(frame),
      `    [the same ${count - MOST_REPEATED} more times]`,
    ];
  });
}

function ownFrame(line: string): string | undefined {
  const [, where, address, number] = CHROMIUM_FRAME.exec(line) ?? FIREFOX_FRAME.exec(line) ?? [];
  if (address === undefined || number === undefined) return undefined;
  const file = decode(address);
  if (!files.has(file)) return undefined;
  const name = nameOf(where ?? '');
  return name === '' ? `    at ${file}:${number}` : `    at ${name} (${file}:${number})`;
}

/** A file is loaded as a function (program-message.ts); to the reader it is the file's top level. */
function nameOf(where: string): string {
  if (where === 'module_' || where === 'eval') return '<top level>';
  return where.replace(/^Object\./, '').replace(/ \[as .*\]$/, '');
}

function decode(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
