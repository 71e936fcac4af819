import { Component, type ReactElement, type ReactNode } from 'react';
import { Button } from '../controls/button';
import { usePage, useRun, useText } from '../page';
import styles from './crash-boundary.module.css';

interface CrashState {
  readonly error?: unknown;
}

/** Where a part of the page breaks, the rest stays, and what the reader made can be saved. */
export class CrashBoundary extends Component<{ readonly children: ReactNode }, CrashState> {
  override state: CrashState = {};

  static getDerivedStateFromError(error: unknown): CrashState {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <CrashReport error={error} onRetry={() => this.setState({ error: undefined })} />;
  }
}

function CrashReport({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry: () => void;
}): ReactElement {
  const text = useText();
  const { actions } = usePage();
  const hasTrace = useRun((state) => state.model !== undefined);
  return (
    <div className={styles.crash} role="alert">
      <h2>{text('ui.crash.title')}</h2>
      <p>{text('ui.crash.about')}</p>
      <div className={styles.buttons}>
        <Button look="primary" icon="save" disabled={!hasTrace} onClick={actions.saveTrace}>
          {text('ui.bar.saveTrace')}
        </Button>
        <Button look="outlined" icon="save" onClick={actions.saveProgram}>
          {text('ui.bar.saveProgram')}
        </Button>
        <Button look="outlined" icon="restart" onClick={onRetry}>
          {text('ui.crash.again')}
        </Button>
        <Button onClick={() => location.reload()}>{text('ui.crash.reload')}</Button>
      </div>
      <details>
        <summary>{text('ui.crash.details')}</summary>
        <pre>{error instanceof Error ? (error.stack ?? error.message) : String(error)}</pre>
      </details>
    </div>
  );
}
