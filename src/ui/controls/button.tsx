import type { ButtonHTMLAttributes, ReactElement, Ref } from 'react';
import { Icon, type IconName } from './icon';
import styles from './button.module.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon?: IconName;
  /** `primary` is the one thing to do next; there is at most one in view. */
  readonly look?: 'plain' | 'primary' | 'danger' | 'outlined';
  /** Shows the icon alone where there is little room; the word stays its name. */
  readonly compact?: 'never' | 'narrow' | 'always';
  readonly chevron?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button with a word, an icon, or both. The word is always its accessible name. */
export function Button(props: ButtonProps): ReactElement {
  const { icon, look = 'plain', compact = 'never', chevron = false, children, className, ...rest } = props;
  const classes = [styles.button, styles[look], compact === 'never' ? '' : styles[compact], className ?? ''];
  return (
    <button type="button" {...rest} className={classes.filter(Boolean).join(' ')}>
      {icon !== undefined && <Icon name={icon} />}
      <span className={styles.word}>{children}</span>
      {chevron && <Icon name="chevron" size={12} />}
    </button>
  );
}
