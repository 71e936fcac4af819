/** No run that a link can hold has more. */
const CHOICES_AT_MOST = 1 << 17;

/**
 * The choices of a run (pairs of a task's number and the steps after which it gave way, or -1) as a text that a link's
 * compression makes short: `2 3:120 4` says that task 2 went first and left by itself, then 3 for 120 steps, then 4.
 */
export function toChoices(replay: readonly number[]): string {
  const turns: string[] = [];
  for (let at = 0; at + 1 < replay.length; at += 2) {
    turns.push(replay[at + 1] < 0 ? replay[at].toString(36) : `${replay[at].toString(36)}:${replay[at + 1].toString(36)}`);
  }
  return turns.join(' ');
}

/** The choices again; undefined where the text is none that {@link toChoices} writes. */
export function fromChoices(text: unknown): number[] | undefined {
  if (text === '') return [];
  if (typeof text !== 'string' || !/^[0-9a-z]{1,6}(:[0-9a-z]{1,6})?( [0-9a-z]{1,6}(:[0-9a-z]{1,6})?)*$/.test(text)) return undefined;
  const turns = text.split(' ');
  if (turns.length > CHOICES_AT_MOST) return undefined;
  const choices = turns.flatMap((turn) => {
    const [task, steps] = turn.split(':');
    return [parseInt(task, 36), steps === undefined ? -1 : parseInt(steps, 36)];
  });
  return choices.every((number) => number < 2 ** 31) ? choices : undefined;
}
