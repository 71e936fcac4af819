import type { Failure } from '../search/failure';
import type { Interruption } from '../search/interruptions';
import type { Coverage, SearchProgress } from '../search/search';
import { translate } from '../text/translate';
import type { ProgramSearch } from './program-search';

/** So many lines of output are shown where they differ. */
const LINES_SHOWN = 3;

/** What a search that is over has come to: a sentence on what was found or not found, and those that say more of it. */
export function describeSearch({ result, failing }: ProgramSearch): readonly string[] {
  const { found, tried } = result;
  if (found === undefined) return [translate('search.nothing', { count: tried }), ...describeCoverage(result)];
  const what = describeFailure(found.failure);
  if (found.phase === 'first') return [translate('search.foundFirst', { what })];
  const interruptions = failing?.interruptions ?? [];
  return [
    translate('search.found', { number: tried, what }),
    describeInterruptions(interruptions),
    ...(found.shortening > 0 ? [translate('search.shortened', { count: found.shortening })] : []),
  ];
}

export function describeProgress({ phase, tried, changes }: SearchProgress): string {
  switch (phase) {
    case 'first': return translate('search.progress.first');
    case 'bounded': return translate('search.progress.bounded', { tried, count: changes });
    default: return translate(`search.progress.${phase}`, { tried });
  }
}

export function describeFailure(failure: Failure): string {
  switch (failure.kind) {
    case 'finding': case 'judged': return failure.text;
    case 'exception': return translate('search.exception', { text: failure.text });
    case 'output': {
      const { printed, missing } = failure;
      if (missing.length === 0) return translate('search.printed', { lines: shown(printed) });
      if (printed.length === 0) return translate('search.missing', { lines: shown(missing) });
      return translate('search.printedInstead', { printed: shown(printed), missing: shown(missing) });
    }
  }
}

/** What a schedule takes: who is interrupted where. */
export function describeInterruptions(interruptions: readonly Interruption[]): string {
  if (interruptions.length === 0) return translate('search.takesNone');
  return translate('search.takes', { count: interruptions.length, where: interruptions.map(describeInterruption).join('; ') });
}

function describeInterruption({ task, file, line, next }: Interruption): string {
  return line === 0
    ? translate('search.preemptedSomewhere', { task, next })
    : translate('search.preempted', { task, file, line, next });
}

function describeCoverage({ coverage, stopped }: ProgramSearch['result']): string[] {
  const { preemptions, changes, systematic, pct, random } = coverage;
  if (preemptions === Infinity) return [translate('search.provedAll')];
  const proved = describeProof({ preemptions, changes });
  const sample = translate(proved === undefined ? 'search.onlySample' : 'search.sample', { systematic, pct, random });
  return [...(stopped ? [translate('search.stopped')] : []), ...(proved === undefined ? [] : [proved]), sample];
}

/** Of which schedules all were tried, where there is such a thing to be said. */
export function describeProof({ preemptions, changes }: Pick<Coverage, 'preemptions' | 'changes'>): string | undefined {
  if (preemptions === Infinity) return translate('search.provedAll');
  if (preemptions > 0) return translate('search.proved', { count: preemptions });
  if (preemptions === 0) return translate('search.provedNone');
  return changes > 0 ? translate('search.provedChanges', { count: changes }) : undefined;
}

function shown(lines: readonly string[]): string {
  const some = lines.slice(0, LINES_SHOWN).map((line) => `“${line}”`).join(', ');
  return lines.length > LINES_SHOWN ? translate('search.moreLines', { lines: some }) : some;
}
