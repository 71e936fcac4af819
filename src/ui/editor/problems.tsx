import type { ReactElement } from 'react';
import type { ProgramError } from '../../machine/machine-types';
import { Icon } from '../controls/icon';
import { useEditor, usePage, useText } from '../page';
import styles from './editor-pane.module.css';

/** What keeps the program from running, each with a way to its line. */
export function Problems({ problems }: { readonly problems: readonly ProgramError[] }): ReactElement | null {
  const text = useText();
  const { editor } = usePage();
  const several = useEditor((state) => state.program.files.length > 1);
  if (problems.length === 0) return null;
  return (
    <section
      className={styles.problems}
      role="alert"
      aria-label={text('ui.editor.problems', { count: problems.length })}
    >
      <h3>
        <Icon name="warning" />
        {text('ui.editor.problems', { count: problems.length })}
      </h3>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.file}:${problem.line}:${problem.column}:${problem.message}`}>
            <button type="button" onClick={() => editor.goTo(problem)}>
              <span className={styles.at}>
                {several
                  ? text('ui.editor.problemIn', { file: problem.file, line: problem.line })
                  : text('ui.editor.problemAt', { line: problem.line })}
              </span>
              <span>{problem.message}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
