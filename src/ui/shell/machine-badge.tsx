import type { ReactElement } from 'react';
import type { Machine } from '../../machine/machine-types';
import { usePage, useText } from '../page';
import styles from './machine-badge.module.css';

const NAMES = { 'many workers': 'workers', 'one worker': 'one', recorded: 'recorded' } as const satisfies
  Record<Machine['shape'], string>;

/** Says which of the three ways of running this page has. */
export function MachineBadge(): ReactElement {
  const text = useText();
  const name = NAMES[usePage().shape];
  return (
    <span className={styles.badge} data-shape={name} title={text(`ui.machine.${name}About`)}>
      <i aria-hidden="true" />
      {text(`ui.machine.${name}`)}
    </span>
  );
}

/** The same in a sentence. */
export function useMachineSentence(): string {
  const text = useText();
  return text(`ui.machine.${NAMES[usePage().shape]}About`);
}
