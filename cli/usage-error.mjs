// @ts-check

/** The command line makes no sense: one sentence for standard error, exit status 2. */
export class UsageError extends Error {
  name = 'UsageError';
}
