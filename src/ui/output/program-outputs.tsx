import { useMemo, useState, type ReactElement } from 'react';
import { programsOfTasks } from '../../state/task-programs';
import type { TraceModel } from '../../trace/trace';
import { useText } from '../page';
import { OutputList } from './output-list';
import styles from './output-pane.module.css';

/** What the programs printed: of programs that run side by side all together, or one of them. */
export function ProgramOutputs({ model }: { readonly model: TraceModel }): ReactElement {
  const text = useText();
  const [chosen, setChosen] = useState<string>();
  const { names, programOf } = useMemo(() => programsOfTasks(model.tasks), [model.tasks]);
  const program = chosen === undefined ? -1 : names.indexOf(chosen);
  const output = useMemo(
    () => (program < 0 ? model.output : model.output.filter(({ task }) => programOf.get(task) === program)),
    [model.output, program, programOf],
  );
  return (
    <>
      {names.length > 1 && (
        <div className={styles.programs} role="group" aria-label={text('ui.output.programs')}>
          {[undefined, ...names].map((name) => (
            <button key={name ?? ''} type="button" aria-pressed={name === (program < 0 ? undefined : chosen)} onClick={() => setChosen(name)}>
              {name ?? text('ui.output.allPrograms')}
            </button>
          ))}
        </div>
      )}
      <OutputList model={model} output={output} />
    </>
  );
}
