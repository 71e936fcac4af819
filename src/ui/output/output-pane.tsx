import type { ReactElement } from 'react';
import type { TraceModel } from '../../trace/trace';
import { useRun, useText } from '../page';
import { Pane } from '../shell/pane';
import { EndOfRun } from './end-of-run';
import { Findings } from './findings';
import { InputRow } from './input-row';
import { ProgramOutputs } from './program-outputs';
import styles from './output-pane.module.css';
import { ServerRow } from './server-row';

/** What the program printed, what it asks, what was found, and how it ended. */
export function OutputPane(): ReactElement {
  const text = useText();
  return (
    <Pane label={text('ui.output.title')} actions={<EndOfRun />}>
      <OutputBody />
    </Pane>
  );
}

/** The same without its head: where it stands below tabs. */
export function OutputBody(): ReactElement {
  const text = useText();
  const model = useRun((state) => state.model);
  return (
    <>
      {model === undefined
        ? <p className={styles.empty}>{text('ui.output.empty')}</p>
        : <OutputOf model={model} />}
      <ServerRow />
      <InputRow />
    </>
  );
}

function OutputOf({ model }: { readonly model: TraceModel }): ReactElement {
  return (
    <>
      <ProgramOutputs model={model} />
      <Findings model={model} />
    </>
  );
}
