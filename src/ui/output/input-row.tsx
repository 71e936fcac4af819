import { useEffect, useRef, type FormEvent, type ReactElement } from 'react';
import { readerOf } from '../../state/readers-client';
import { Button } from '../controls/button';
import { usePage, useRun, useText } from '../page';
import styles from './output-pane.module.css';

/** Where the reader answers a program that asks for input. */
export function InputRow(): ReactElement | null {
  // The reader who is a client can speak at any time, also while the line before is on its way.
  const asReader = useRun((state) => state.phase === 'running' && state.model !== undefined && readerOf(state.model) !== undefined);
  const wanted = useRun((state) => state.inputWanted && state.phase === 'running');
  return wanted || asReader ? <InputForm asReader={asReader} /> : null;
}

function InputForm({ asReader }: { readonly asReader: boolean }): ReactElement {
  const text = useText();
  const { run, view } = usePage();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    view.setTab('output');
    field.current?.focus();
  }, [view]);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    run.sendInput(field.current?.value ?? '');
    if (field.current !== null) field.current.value = '';
  };
  return (
    <form className={styles.input} onSubmit={send}>
      <label htmlFor="program-input">{text(asReader ? 'ui.output.toServer' : 'ui.output.input')}</label>
      <input
        ref={field}
        id="program-input"
        autoComplete="off"
        spellCheck={false}
        placeholder={text('ui.output.inputPlaceholder')}
      />
      <Button type="submit" look="primary">
        {text('ui.output.send')}
      </Button>
      <Button look="outlined" title={text(asReader ? 'ui.output.hangUpTip' : 'ui.output.endOfInputTip')} onClick={() => run.sendInput(null)}>
        {text(asReader ? 'ui.output.hangUp' : 'ui.output.endOfInput')}
      </Button>
    </form>
  );
}
