import { useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { TABS, type Tab } from '../../state/view-store';
import { Icon, type IconName } from '../controls/icon';
import { useText } from '../page';
import styles from './tabs.module.css';

interface TabsProps {
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
  readonly parts: Record<Tab, ReactNode>;
}

const ICONS: Record<Tab, IconName> = { code: 'code', timeline: 'lanes', output: 'output', views: 'views' };

/**
 * The parts of a narrow page, one at a time. All of them stay, so that nothing is lost by looking at another.
 */
export function Tabs({ tab, onTab, parts }: TabsProps): ReactElement {
  const text = useText();
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (TABS.indexOf(tab) + step + TABS.length) % TABS.length;
    onTab(TABS[next]);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  };
  return (
    <main className={styles.tabs}>
      <div
        ref={list}
        className={styles.list}
        role="tablist"
        aria-label={text('ui.tab.label')}
        onKeyDown={move}
      >
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-controls={`part-${name}`}
            aria-selected={name === tab}
            tabIndex={name === tab ? 0 : -1}
            onClick={() => onTab(name)}
          >
            <Icon name={ICONS[name]} />
            {text(`ui.tab.${name}`)}
          </button>
        ))}
      </div>
      <div className={styles.parts}>
        {TABS.map((name) => (
          <div
            key={name}
            className={styles.part}
            role="tabpanel"
            id={`part-${name}`}
            aria-labelledby={`tab-${name}`}
            hidden={name !== tab}
          >
            {parts[name]}
          </div>
        ))}
      </div>
    </main>
  );
}
