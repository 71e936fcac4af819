import { useId, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { EMBED_THEMES } from '../../protocol/embed';
import { embedSnippet, type EmbedChoice } from '../../state/link/embed-snippet';
import { Button } from '../controls/button';
import form from '../controls/form-panel.module.css';
import { copyText } from '../copy-text';
import { useText } from '../page';
import styles from './embed-panel.module.css';

const FORMS = ['element', 'frame'] as const;
const SHOWS = ['both', 'code', 'timeline'] as const;
const HEIGHTS = [320, 460, 600, 760] as const;
const USUAL: EmbedChoice = { form: 'element', show: 'both', theme: 'auto', readonly: false, height: 460 };

/** Writes the lines of HTML that show this program in a page of a course. `address` is the link to it. */
export function EmbedPanel({ address }: { readonly address: string }): ReactElement {
  const text = useText();
  const [choice, setChoice] = useState(USUAL);
  const [copied, setCopied] = useState<boolean>();
  const field = useRef<HTMLTextAreaElement>(null);
  const [home, fragment] = address.split('#');
  const snippet = embedSnippet(new URL('./', home).href, `#${fragment ?? ''}`, choice);
  const change = (changed: Partial<EmbedChoice>): void => {
    setChoice({ ...choice, ...changed });
    setCopied(undefined);
  };
  const copy = async (): Promise<void> => {
    const done = await copyText(snippet);
    setCopied(done);
    if (!done) field.current?.select();
  };
  return (
    <div className={styles.embed}>
      <p>{text('ui.embed.about')}</p>
      <div className={styles.choices}>
        <Choice label={text('ui.embed.form')} value={choice.form} onChange={(form) => change({ form })}
          values={FORMS} nameOf={(form) => text(`ui.embed.forms.${form}`)} />
        <Choice label={text('ui.embed.show')} value={choice.show} onChange={(show) => change({ show })}
          values={SHOWS} nameOf={(show) => text(`ui.embed.shows.${show}`)} />
        <Choice label={text('ui.theme.title')} value={choice.theme} onChange={(theme) => change({ theme })}
          values={EMBED_THEMES} nameOf={(theme) => text(theme === 'auto' ? 'ui.theme.system' : `ui.theme.${theme}`)} />
        <Choice label={text('ui.embed.height')} value={String(choice.height)} onChange={(height) => change({ height: Number(height) })}
          values={HEIGHTS.map(String)} nameOf={(height) => `${height} px`} />
      </div>
      <label className={styles.check}>
        <input type="checkbox" checked={choice.readonly} onChange={(event) => change({ readonly: event.currentTarget.checked })} />
        {text('ui.embed.readonly')}
      </label>
      <textarea
        ref={field} className={styles.snippet} readOnly rows={4} value={snippet} aria-label={text('ui.embed.snippet')} spellCheck={false}
        data-testid="snippet" onFocus={(event) => event.currentTarget.select()}
      />
      <div className={styles.end}>
        <span role="status">{copied === undefined ? '' : text(copied ? 'ui.embed.copied' : 'ui.share.cannotCopy')}</span>
        <Button look="outlined" icon={copied === true ? 'check' : 'copy'} onClick={() => void copy()}>{text('ui.embed.copy')}</Button>
      </div>
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: ReactNode;
  readonly value: Value;
  readonly values: readonly Value[];
  readonly nameOf: (value: Value) => string;
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, values, nameOf, onChange }: ChoiceProps<Value>): ReactElement {
  const id = useId();
  return (
    <div className={styles.choice}>
      <label htmlFor={id}>{label}</label>
      <select id={id} className={form.control} value={value} onChange={(event) => onChange(values.find((each) => each === event.currentTarget.value) ?? value)}>
        {values.map((each) => <option key={each} value={each}>{nameOf(each)}</option>)}
      </select>
    </div>
  );
}
