/** An error that means "this cannot happen": a broken invariant of ours, never a mistake of the program being run. */
export class InvariantError extends Error {
  override name = 'InvariantError';
}

/** Throws {@link InvariantError} unless `condition` holds. `fact` says what was found, not what was hoped for. */
export function assert(condition: boolean, fact: string): asserts condition {
  if (!condition) throw new InvariantError(fact);
}

/** For the branch of a switch that the types say cannot be reached. */
export function unreachable(value: never): never {
  throw new InvariantError(`unreachable: ${String(value)}`);
}
