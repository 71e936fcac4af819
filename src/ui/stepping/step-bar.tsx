import type { ReactElement } from 'react';
import { Button } from '../controls/button';
import { useEditor, usePage, useRun, useText, useView } from '../page';
import { isRunning, KEYS } from '../run-phase';
import { BreakpointsButton } from './breakpoints-button';
import { Standing } from './standing';
import styles from './step-bar.module.css';
import { useLingering } from './use-lingering';
import { useStepKeys } from './use-step-keys';

/** Pause, single steps forward and back, and who goes next: for a run in virtual time, which waits for the reader as long as it takes. */
export function StepBar(): ReactElement | null {
  const text = useText();
  const { actions } = usePage();
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
          title={text(isAsked ? 'ui.step.undoTip' : 'ui.step.backTip', { key: KEYS.stepBack })} onClick={actions.stepBack}
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
        <BreakpointsButton />
      </div>
      {standing !== undefined && <Standing pause={standing} isOver={pause === undefined} />}
    </div>
  );
}
