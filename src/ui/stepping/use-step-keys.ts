import { useEffect } from 'react';
import type { PauseState } from '../../protocol/pause';
import { usePage } from '../page';
import { choicesInOrder } from './choices';

/** F8 and its neighbours; the digits choose a task while the run stands still. */
export function useStepKeys(pause: PauseState | undefined): void {
  const { actions, run } = usePage();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
      const act = actionOf(event);
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    const actionOf = ({ key, shiftKey, ctrlKey, altKey, metaKey, target }: KeyboardEvent): (() => void) | undefined => {
      if (altKey || metaKey) return undefined;
      const isAsked = pause?.cause === 'question';
      if (key === 'F10' && ctrlKey && !isAsked) return actions.runToHere;
      if (ctrlKey) return undefined;
      if (key === 'F8' && !isAsked) return actions.pauseOrGoOn;
      if (key === 'F10' && shiftKey) return actions.stepBack;
      if (key === 'F10' && !isAsked) return actions.step;
      if (key === 'F9' && pause !== undefined && !isAsked) return actions.toSwitch;
      const choice = /^[1-9]$/.test(key) && !isTyping(target) && pause ? choicesInOrder(pause)[Number(key) - 1] : undefined;
      return choice === undefined || (!isAsked && choice.tid === pause?.task) ? undefined : () => void run.choose(choice.tid);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [actions, run, pause]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
