import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { translate } from '../../text/translate';
import { Icon } from './icons';

interface PopoverProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A panel over the timeline that Escape and its button close. It has the focus, and gives it back where it came from. */
export function Popover({ title, onClose, children }: PopoverProps): ReactElement {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const element = panel.current;
    element?.focus();
    return () => {
      // Who went on to something else in the meantime stays there.
      const left = document.activeElement === document.body || element?.contains(document.activeElement);
      if (left && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <div
      ref={panel} className="wt-popover" role="dialog" aria-label={title} tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header>
        <h3>{title}</h3>
        <button
          type="button" className="wt-button" onClick={onClose} title={translate('timeline.tool.close')}
          aria-label={translate('timeline.tool.close')}
        >
          <Icon name="close" />
        </button>
      </header>
      {children}
    </div>
  );
}
