import type { ReactElement } from 'react';
import { Button } from '../controls/button';
import { Icon, Mark } from '../controls/icon';
import { useHelp } from '../dialogs/help-context';
import { ExamplesMenu } from '../examples/examples-menu';
import { LearnButton } from '../lessons/learn-button';
import { PuzzlesButton } from '../puzzles/puzzles-button';
import { BreakItButton } from '../search/break-it';
import { usePage, useRun, useText } from '../page';
import { isRunning, KEYS } from '../run-phase';
import { AppearanceMenu } from './appearance-menu';
import { MachineBadge } from './machine-badge';
import { OpenButton, SaveMenu } from './file-buttons';
import { MoreMenu } from './more-menu';
import { RunSettingsButton } from './run-settings';
import { ShareButton } from './share-button';
import styles from './top-bar.module.css';
import { useNarrow, useRoomForPuzzles } from './use-narrow';

/** What one does with a program and its run, and how the page looks. */
export function TopBar(): ReactElement {
  const text = useText();
  const narrow = useNarrow();
  const roomForPuzzles = useRoomForPuzzles();
  const help = useHelp();
  return (
    <header className={styles.bar}>
      <h1 className={styles.brand}>
        <Mark />
        <span>{text('ui.name')}</span>
      </h1>
      <div className={styles.group} role="toolbar" aria-label={text('ui.bar.label')}>
        <LearnButton />
        {roomForPuzzles && <PuzzlesButton />}
        <ExamplesMenu />
        <RunButtons />
        <BreakItButton />
        <RunSettingsButton />
      </div>
      <div className={styles.space} />
      {narrow ? (
        <MoreMenu />
      ) : (
        <div className={styles.group}>
          <MachineBadge />
          <ShareButton />
          <OpenButton />
          <SaveMenu />
          <span className={styles.divider} aria-hidden="true" />
          <AppearanceMenu />
          <Button icon="help" compact="always" title={text('ui.bar.help')} onClick={help.open}>
            {text('ui.bar.help')}
          </Button>
        </div>
      )}
    </header>
  );
}

/** Run and Stop keep their places, so that the same spot can be pressed again. */
export function RunButtons(): ReactElement {
  const text = useText();
  const { actions } = usePage();
  const phase = useRun((state) => state.phase);
  const running = isRunning(phase);
  return (
    <>
      <Button
        className={styles.run}
        look={running ? 'outlined' : 'primary'}
        icon={running ? 'restart' : 'play'}
        title={text(running ? 'ui.bar.restartTip' : 'ui.bar.runTip', { key: KEYS.run })}
        onClick={actions.run}
      >
        {text(running ? 'ui.bar.restart' : 'ui.bar.run')}
      </Button>
      <button
        type="button"
        className={styles.stop}
        disabled={!running}
        title={text('ui.bar.stopTip', { key: KEYS.stop })}
        onClick={actions.stop}
      >
        <Icon name="stop" />
        <span>{text('ui.bar.stop')}</span>
      </button>
    </>
  );
}
