import { assert } from '../../base/assert';

/**
 * The version that {@link encodeLink} writes. A change of the body raises it and adds the step from the one
 * before.
 */
export const LINK_VERSION = 2;

/**
 * From the body of version n, by n, to that of version n + 1. May throw on a body that is not what it says:
 * the codec answers "damaged". Steps are kept for ever, so that a link in a course page of years ago still
 * opens.
 */
export const linkUpgraders: ReadonlyMap<number, (body: unknown) => unknown> = new Map([
  // Version 1 was of a time when real time was what went without saying.
  [1, (body) => ({ ...(body as object), s: { clock: 'real', ...(body as { s?: object }).s } })],
]);

/** Takes a body step by step to `current`; a gap in the table is a mistake of ours and fails at load. */
export function upgradeBody(
  body: unknown,
  version: number,
  table = linkUpgraders,
  current = LINK_VERSION,
): unknown {
  let upgraded = body;
  for (let from = version; from < current; from++) {
    const step = table.get(from);
    assert(step !== undefined, `missing link upgrader from version ${from}`);
    upgraded = step(upgraded);
  }
  return upgraded;
}

for (let from = 1; from < LINK_VERSION; from++) {
  assert(linkUpgraders.has(from), `missing link upgrader from version ${from}`);
}
