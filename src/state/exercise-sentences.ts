import type { Exercise } from '../lessons/lesson';
import { translate } from '../text/translate';
import type { Judged, TrialProgress } from './exercise-trial';
import { describeInterruptions, describeProof } from './search-sentences';

/** How far a trial is, for who waits for it. */
export function describeTrial({ tried, of, shortens }: TrialProgress): string {
  return shortens
    ? translate('lessons.exercise.shortening', { number: tried })
    : translate('lessons.exercise.checking', { number: Math.min(tried + 1, of), count: of });
}

/** How a program was judged; `shown`: where the run that shows it stands beside the words. */
export function describeJudged({ kind, tried, search }: Judged, { holds }: Exercise, shown: boolean): string {
  const found = search?.found;
  const sentences: (string | undefined)[] = [];
  if (found !== undefined) {
    sentences.push(translate(`lessons.exercise.${kind === 'solved' ? 'foundIt' : 'foundFault'}`, { number: tried }));
    if (shown) sentences.push(translate('lessons.exercise.shortest'));
    sentences.push(describeInterruptions(found.interruptions));
  } else if (kind === 'wrong' && search !== undefined) {
    sentences.push(translate('lessons.exercise.notFound', { count: search.tried }), describeProof(search.coverage));
  } else if (kind === 'wrong') {
    sentences.push(translate('lessons.exercise.wrong', { number: tried }), shown ? translate('lessons.exercise.shown') : undefined);
  } else if (holds === 'always') {
    sentences.push(translate('lessons.exercise.solved', { count: tried }), search && describeProof(search.coverage));
  }
  return sentences.filter((sentence) => sentence !== undefined).join(' ');
}
