import { createRoot } from 'react-dom/client';
import { DEFAULT_SETTINGS, type Program, type RunSettings } from '../../protocol/program';
import type { EmbedMessage, EmbedOptions } from '../../protocol/embed';
import { memoryStorage } from '../../state/kept';
import '../../text/whole-catalogue';
import { currentLanguage, setLanguage } from '../../text/translate';
import { makePage } from '../make-page';
import type { Page } from '../page';
import '../styles/page.css';
import { EmbedPage } from './embed-page';

export interface LiveEmbedStart {
  readonly program: Program;
  readonly settings: RunSettings | undefined;
  readonly options: EmbedOptions;
  readonly theme: 'light' | 'dark';
  readonly send: (message: EmbedMessage) => void;
  /** The lesson that it is. */
  readonly lesson: string | undefined;
}

/** An embed in which programs run. */
export interface LiveEmbed {
  run(): void;
  stop(): void;
  seek(time: number): void;
}

/** Puts the page's own parts into an embed. It keeps nothing on the reader's machine: it is a guest in somebody's page. */
export function startLiveEmbed(root: HTMLElement, start: LiveEmbedStart): LiveEmbed {
  const { program, options, theme, send, lesson, settings = DEFAULT_SETTINGS } = start;
  const language = currentLanguage();
  const page = makePage({ storage: memoryStorage(), program, example: '', readOnly: options.readonly });
  page.editor.open(program, { kind: 'own' }, settings);
  page.view.setTheme(theme);
  page.view.setLanguage(language);
  setLanguage(language);
  page.view.setView(options.views[0]);
  reportTo(page, send);
  if (lesson !== undefined) {
    reportScores(page, send);
    void page.course.open(lesson);
  }
  createRoot(root).render(<EmbedPage page={page} options={options} />);
  return {
    run: page.actions.run,
    stop: page.actions.stop,
    seek: (time) => page.view.setPlayhead(time),
  };
}

/** Tells the page around how the run goes. */
function reportTo({ run, view }: Page, send: LiveEmbedStart['send']): void {
  run.subscribe((state, before) => {
    if (state.phase === before.phase) return;
    if (state.phase === 'running') send({ weft: 1, type: 'running' });
    if (state.phase !== 'ended' || state.model === undefined) return;
    const { model, result } = state;
    send({
      weft: 1, type: 'finished',
      status: model.end?.status ?? result?.status ?? 1,
      duration: model.endTime,
      output: model.output.filter(({ stream }) => stream === 'stdout').map(({ text }) => text).join(''),
    });
  });
  view.subscribe(({ playhead }, before) => {
    if (playhead !== undefined && playhead !== before.playhead) send({ weft: 1, type: 'seeked', time: playhead });
  });
}

/** Tells the page around how the reader does in the lesson: each answer, and each check of the exercise. */
function reportScores({ lessons }: Page, send: LiveEmbedStart['send']): void {
  lessons.subscribe(({ loaded, question, exercise }, before) => {
    const lesson = loaded?.lesson.id;
    if (lesson === undefined) return;
    const judged = question?.phase === 'judged' && question !== before.question ? question.judgement?.kind : undefined;
    if (judged === 'right' || judged === 'wrong') send({ weft: 1, type: 'score', lesson, part: 'question', passed: judged === 'right' });
    if (exercise !== before.exercise && (exercise.phase === 'solved' || exercise.phase === 'wrong')) {
      send({ weft: 1, type: 'score', lesson, part: 'exercise', passed: exercise.phase === 'solved' });
    }
  });
}
