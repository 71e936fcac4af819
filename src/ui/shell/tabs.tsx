import { useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { TABS, type Tab } from '../../state/view-store';
import { Icon, type IconName } from '../controls/icon';
import { useLessons } from '../lessons/use-lesson';
import { useText } from '../page';
import styles from './tabs.module.css';

interface TabsProps {
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
  readonly parts: Partial<Record<Tab, ReactNode>>;
}

const ICONS: Record<Tab, IconName> = { lesson: 'learn', code: 'code', timeline: 'lanes', output: 'output', views: 'views' };

/**
 * The parts of a narrow page, one at a time. All of them stay, so that nothing is lost by looking at another.
 */
export function Tabs({ tab: wanted, onTab, parts }: TabsProps): ReactElement {
  const text = useText();
  const isPuzzle = useLessons((state) => state.place.kind === 'puzzle');
  const names = TABS.filter((name) => parts[name] !== undefined);
  const tab = names.includes(wanted) ? wanted : names[0];
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (names.indexOf(tab) + step + names.length) % names.length;
    onTab(names[next]);
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
        {names.map((name) => (
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
            {text(name === 'lesson' && isPuzzle ? 'puzzles.tab' : `ui.tab.${name}`)}
          </button>
        ))}
      </div>
      <div className={styles.parts}>
        {names.map((name) => (
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
