import { useId, useMemo, useState, type ReactElement } from 'react';
import { isOfObject, isOfTask, STOP_WORDS, stopEvent, type StopWord } from '../../state/stop-events';
import type { TraceModel } from '../../trace/trace';
import { Button } from '../controls/button';
import form from '../controls/form-panel.module.css';
import { Popover } from '../controls/popover';
import { useEditor, usePage, useText } from '../page';
import { useShownRun } from '../shown-run';
import styles from './breakpoints-button.module.css';
import { labelOfStop, labelOfWord } from './stop-sentence';

/** The breakpoints of the program, on lines and on events: a list to add to and to take away from. */
export function BreakpointsButton(): ReactElement {
  const text = useText();
  const count = useEditor(({ breaks, stops }) => stops.length + Object.values(breaks).reduce((sum, lines) => sum + lines.length, 0));
  return (
    <Popover
      kind="dialog"
      label={text('ui.stops.title')}
      button={{
        icon: 'breakpoint', compact: 'narrow', chevron: true, title: text('ui.stops.tip'),
        children: count === 0 ? text('ui.stops.title') : text('ui.stops.count', { count }),
      }}
    >
      {() => <Breakpoints />}
    </Popover>
  );
}

function Breakpoints(): ReactElement {
  const text = useText();
  const { editor } = usePage();
  const { breaks, stops, program } = useEditor((state) => state);
  const files = program.files.filter(({ name }) => (breaks[name] ?? []).length > 0);
  const isEmpty = files.length === 0 && stops.length === 0;
  return (
    <div className={form.panel}>
      {isEmpty ? <p>{text('ui.stops.none')}</p> : (
        <ul className={styles.list} aria-label={text('ui.stops.title')}>
          {files.flatMap(({ name, text: source }) => (breaks[name] ?? []).map((line) => (
            <Row
              key={`${name}:${line}`}
              label={program.files.length > 1 ? text('ui.stops.lineOf', { line, file: name }) : text('ui.stops.line', { line })}
              code={source.split('\n')[line - 1]?.trim() ?? ''}
              onRemove={() => editor.setBreaks(name, (breaks[name] ?? []).filter((other) => other !== line))}
            />
          )))}
          {stops.map((stop) => <Row key={labelOfStop(stop)} label={labelOfStop(stop)} onRemove={() => editor.toggleStop(stop)} />)}
        </ul>
      )}
      <AddStop />
    </div>
  );
}

function Row({ label, code, onRemove }: { readonly label: string; readonly code?: string; readonly onRemove: () => void }): ReactElement {
  const text = useText();
  return (
    <li>
      <span>{label}</span>
      {code !== undefined && <code>{code}</code>}
      <Button
        icon="close" compact="always"
        onClick={(event) => {
          // The focus would go with the button, and Escape would stop the run instead of closing the list.
          event.currentTarget.closest<HTMLElement>('[popover]')?.focus();
          onRemove();
        }}
      >
        {text('ui.stops.remove', { what: label })}
      </Button>
    </li>
  );
}

/** A breakpoint on an event: what, of which object, by which task. Names can be typed before the program has run. */
function AddStop(): ReactElement {
  const text = useText();
  const { editor } = usePage();
  const { model } = useShownRun();
  const [word, setWord] = useState<StopWord>('wait');
  const [object, setObject] = useState('');
  const [task, setTask] = useState('');
  const known = useMemo(() => namesIn(model), [model]);
  const lists = useId();
  const add = (): void => {
    const stop = stopEvent(word, object.trim(), task.trim());
    const { stops } = editor.getState();
    if (!stops.some((other) => labelOfStop(other) === labelOfStop(stop))) editor.toggleStop(stop);
    setObject('');
    setTask('');
  };
  return (
    <form
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <label className={form.field}>
        <span>{text('ui.stops.when')}</span>
        <select value={word} onChange={(event) => setWord(event.currentTarget.value as StopWord)}>
          {STOP_WORDS.map((each) => <option key={each} value={each}>{labelOfWord(each)}</option>)}
        </select>
      </label>
      {isOfObject(word) && (
        <Name label={text('ui.stops.object')} value={object} onChange={setObject} list={`${lists}-objects`} names={known.objects} />
      )}
      {isOfTask(word) && (
        <Name label={text('ui.stops.task')} value={task} onChange={setTask} list={`${lists}-tasks`} names={known.tasks} />
      )}
      <Button type="submit" icon="plus" look="outlined">{text('ui.stops.add')}</Button>
    </form>
  );
}

function Name({ label, value, onChange, list, names }: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly list: string;
  readonly names: readonly string[];
}): ReactElement {
  const text = useText();
  return (
    <label className={form.field}>
      <span>{label}</span>
      <input
        value={value} list={list} placeholder={text('ui.stops.anyName')} spellCheck={false} autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={list}>{names.map((name) => <option key={name} value={name} />)}</datalist>
    </label>
  );
}

/** What the run that is shown calls its objects and tasks. */
function namesIn(model: TraceModel | undefined): { readonly objects: readonly string[]; readonly tasks: readonly string[] } {
  const objects = (model?.objects ?? []).filter(({ named, type }) => named && type !== 'variable').map(({ name }) => name);
  const tasks = (model?.tasks ?? []).map(({ name }) => name).filter((name) => name !== '');
  return { objects: [...new Set(objects)], tasks: [...new Set(tasks)] };
}
