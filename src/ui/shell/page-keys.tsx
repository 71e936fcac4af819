import { useEffect } from 'react';
import { isRunning } from '../run-phase';
import { useHelp } from '../dialogs/help-context';
import { usePage } from '../page';

/**
 * The keys that work wherever the focus is. What has its own use for a key (a menu, the editor) takes it
 * first.
 */
export function PageKeys(): null {
  const { actions, run } = usePage();
  const help = useHelp();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        actions.run();
      } else if (
        event.key === 'Escape' &&
        isRunning(run.getState().phase) &&
        !document.querySelector('dialog[open]')
      ) {
        event.preventDefault();
        actions.stop();
      } else if (event.key === '?' && !isTyping(event.target)) {
        event.preventDefault();
        help.open();
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [actions, run, help]);
  return null;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
