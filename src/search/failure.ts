import type { FindingKind } from '../protocol/words';
import type { FoundInRun, Outcome, ScheduledRun } from './schedule';

/** What is wrong with a run. */
export type Failure =
  | { readonly kind: 'finding'; readonly finding: FindingKind; readonly text: string }
  /** `text`: the exception, as it was printed. */
  | { readonly kind: 'exception'; readonly text: string }
  /** Lines that the first run did not print, and lines of it that are missing. */
  | { readonly kind: 'output'; readonly printed: readonly string[]; readonly missing: readonly string[] }
  /** What somebody else's {@link Judge} says of it. */
  | { readonly kind: 'judged'; readonly text: string };

/** What is wrong with a run, beside the first run of the same program (of which itself there is no `reference`); undefined: nothing. */
export type Judge = (run: ScheduledRun, reference?: Outcome) => Failure | undefined;

/** Findings about the replay itself, or about the machine, say nothing about the program. */
const NOT_OF_THE_PROGRAM = new Set<FindingKind>(['replay parted', 'worker died']);

/**
 * What is wrong with a run, beside the first run of the same program; undefined: nothing. Of the first run itself (no
 * `reference`) its output is right.
 *
 * Output is compared line by line, in any order: two threads that print may do so in either order, but a line that is printed
 * in one schedule and not in the other is a result that depends on the schedule.
 */
export function failureOf(outcome: Outcome, reference?: Outcome, comparesOutput = true): Failure | undefined {
  const finding = mostTelling(outcome.findings.filter(({ kind }) => !NOT_OF_THE_PROGRAM.has(kind)));
  if (finding !== undefined) return { kind: 'finding', finding: finding.kind, text: finding.text };
  const raised = uncaught(outcome, reference);
  if (raised !== undefined) return { kind: 'exception', text: raised };
  if (reference === undefined || !comparesOutput) return undefined;
  const printed = linesBeyond(outcome.stdout, reference.stdout);
  const missing = linesBeyond(reference.stdout, outcome.stdout);
  return printed.length + missing.length > 0 ? { kind: 'output', printed, missing } : undefined;
}

/** Whether two failures are of one sort: a shorter schedule must show the same. */
export function isAlike(one: Failure, other: Failure): boolean {
  if (one.kind === 'finding') return other.kind === 'finding' && one.finding === other.finding;
  if (one.kind === 'judged') return other.kind === 'judged' && one.text === other.text;
  return one.kind === other.kind;
}

/** Of tasks that wait for each other and those that wait for them: the former. */
function mostTelling(findings: readonly FoundInRun[]): FoundInRun | undefined {
  return findings.find(({ kind }) => kind !== 'asleep for ever') ?? findings[0];
}

const TRACEBACK = 'Traceback (most recent call last)';

/** The uncaught exception, or exit status, that the reference does not have. */
function uncaught({ status, failedExits, stderr }: Outcome, reference?: Outcome): string | undefined {
  const isWorse = status !== (reference?.status ?? 0)
    || failedExits.length > (reference?.failedExits.length ?? 0)
    || count(stderr, TRACEBACK) > count(reference?.stderr ?? '', TRACEBACK);
  if (!isWorse) return undefined;
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const raised = lines.findLast((line) => /^[\w.]*(Error|Exception|Exit|Interrupt|Broken\w*|Empty|Full)\b/.test(line));
  return raised ?? lines.at(-1) ?? `exit status ${status === 0 ? failedExits[0] : status}`;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Lines of `text` that `other` does not have, each as often as it has more of them. */
function linesBeyond(text: string, other: string): string[] {
  const left = new Map<string, number>();
  for (const line of other.split('\n')) left.set(line, (left.get(line) ?? 0) + 1);
  return text.split('\n').filter((line) => {
    const times = left.get(line) ?? 0;
    if (times > 0) left.set(line, times - 1);
    return times === 0;
  });
}
