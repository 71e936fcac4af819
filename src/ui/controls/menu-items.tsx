import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icon';
import styles from './menu-items.module.css';

interface MenuItemProps {
  readonly children: ReactNode;
  readonly about?: string;
  readonly icon?: IconName;
  /** Set for one of several choices. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly lang?: string;
  readonly onSelect: () => void;
}

/** A line of a menu, with a sentence below it where one helps to choose. */
export function MenuItem({
  children,
  about,
  icon,
  checked,
  disabled = false,
  lang,
  onSelect,
}: MenuItemProps): ReactElement {
  const role = checked === undefined ? 'menuitem' : 'menuitemradio';
  return (
    <button
      type="button"
      role={role}
      aria-checked={checked}
      aria-disabled={disabled}
      tabIndex={-1}
      lang={lang}
      className={styles.item}
      onClick={disabled ? undefined : onSelect}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
    >
      {icon !== undefined && (
        <span className={styles.icon}>
          <Icon name={icon} />
        </span>
      )}
      <span className={styles.words}>
        <span className={styles.title}>{children}</span>
        {about !== undefined && <span className={styles.about}>{about}</span>}
      </span>
      {checked === true && (
        <span className={styles.check}>
          <Icon name="check" size={14} />
        </span>
      )}
    </button>
  );
}

/** Items under a heading. */
export function MenuGroup({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div role="group" aria-label={title} className={styles.group}>
      <div className={styles.heading} aria-hidden="true">
        {title}
      </div>
      {children}
    </div>
  );
}
