import type { ReactElement } from 'react';
import { Icon, type IconName } from './icon';
import styles from './segments.module.css';

interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly name: string; readonly icon?: IconName; readonly lang?: string }[];
  readonly onChange: (value: Value) => void;
}

/** A choice of a few things that are all in view; radio buttons underneath, so the arrow keys go through them. */
export function Segments<Value extends string>({ label, value, choices, onChange }: SegmentsProps<Value>): ReactElement {
  return (
    <fieldset className={styles.segments}>
      <legend className={styles.legend}>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.segment} lang={choice.lang}>
          <input
            type="radio" name={label} value={choice.value} checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.icon !== undefined && <Icon name={choice.icon} />}
          <span>{choice.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
