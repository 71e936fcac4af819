import { useEffect, useState, type ReactElement } from 'react';
import type { PauseState } from '../../protocol/pause';
import { Button } from '../controls/button';
import { useEditor, usePage, useRun, useText, useView } from '../page';
import { isRunning, KEYS } from '../run-phase';
import { Standing } from './standing';
import styles from './step-bar.module.css';
import { useStepKeys } from './use-step-keys';

/** How long a run may go on before what is said of where it stood is taken away: between two steps it stays. */
const LINGER_MS = 600;

/** Pause, single steps forward and back, and who goes next: for a run in virtual time, which waits for the reader as long as it takes. */
export function StepBar(): ReactElement | null {
  const text = useText();
  const { actions, run } = usePage();
  const isVirtual = useEditor((state) => state.settings.clock === 'virtual');
  const running = useRun((state) => isRunning(state.phase));
  const pause = useRun((state) => state.pause);
  const isToMoment = useView((state) => state.playhead !== undefined);
  const standing = useLingering(pause, running);
  useStepKeys(pause);
  if (!isVirtual) return null;
  const isAsked = pause?.cause === 'question';
  const goesOn = running && pause === undefined;
  return (
    <div className={styles.bar} role="toolbar" aria-label={text('ui.step.label')}>
      <div className={styles.buttons}>
        <Button
          icon={goesOn ? 'pause' : 'play'} compact="narrow" disabled={!running || isAsked}
          title={text('ui.step.goOnTip', { key: KEYS.goOn })} onClick={actions.pauseOrGoOn}
        >
          {text(goesOn ? 'ui.step.pause' : 'ui.step.goOn')}
        </Button>
        <Button
          icon="stepBack" compact="narrow" disabled={pause === undefined || pause.step === 0}
          title={text(isAsked ? 'ui.step.undoTip' : 'ui.step.backTip', { key: KEYS.stepBack })} onClick={() => void run.stepBack()}
        >
          {text('ui.step.back')}
        </Button>
        <Button
          icon="step" compact="narrow" disabled={isAsked || goesOn}
          title={text('ui.step.stepTip', { key: KEYS.step })} onClick={actions.step}
        >
          {text('ui.step.step')}
        </Button>
        <Button
          icon="stepSwitch" compact="narrow" disabled={pause === undefined || isAsked}
          title={text('ui.step.switchTip', { key: KEYS.stepSwitch })} onClick={actions.toSwitch}
        >
          {text('ui.step.switch')}
        </Button>
        <Button
          icon="toHere" compact="narrow" disabled={isAsked || goesOn}
          title={text(isToMoment ? 'ui.step.toMomentTip' : 'ui.step.toLineTip', { key: KEYS.runToHere })} onClick={actions.runToHere}
        >
          {text('ui.step.toHere')}
        </Button>
      </div>
      {standing !== undefined && <Standing pause={standing} isOver={pause === undefined} />}
    </div>
  );
}

/** The pause, and for a moment after it the last one: a bar that comes and goes at each step could not be read. */
function useLingering(pause: PauseState | undefined, running: boolean): PauseState | undefined {
  const [last, setLast] = useState(pause);
  if (pause !== undefined && pause !== last) setLast(pause);
  useEffect(() => {
    if (pause !== undefined) return undefined;
    const timer = setTimeout(() => setLast(undefined), LINGER_MS);
    return () => clearTimeout(timer);
  }, [pause]);
  return running ? pause ?? last : undefined;
}
