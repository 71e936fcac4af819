import { useEffect, useId, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { Button, type ButtonProps } from './button';
import styles from './popover.module.css';

interface PopoverProps {
  /** The button that opens it: all of a button's properties but what happens on a click. */
  readonly button: Omit<ButtonProps, 'onClick' | 'ref'>;
  readonly kind: 'menu' | 'dialog';
  /** Accessible name of what opens; a menu is named by its button. */
  readonly label: string;
  readonly align?: 'start' | 'end';
  /** Called just before it opens. */
  readonly onOpen?: () => void;
  /** Draws what is inside while it is open; `close` gives the focus back to the button. */
  readonly children: (close: () => void) => ReactNode;
}

/** Something that opens below a button, above everything, and closes on Escape or a click elsewhere. */
export function Popover({
  button,
  kind,
  label,
  align = 'start',
  onOpen,
  children,
}: PopoverProps): ReactElement {
  const [open, setOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const panelRef = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    const panel = panelRef.current;
    const anchor = buttonRef.current;
    if (!open || panel === null || anchor === null) return undefined;
    panel.showPopover();
    const place = (): void => placeBelow(panel, anchor.getBoundingClientRect(), align);
    place();
    const first = panel.querySelector<HTMLElement>(
      '[data-autofocus], [role^="menuitem"]:not([aria-disabled="true"]), button, input',
    );
    (first ?? panel).focus({ preventScroll: true });
    // Not a popover of kind "auto": the press that closes it would be the click on the button that opens it
    // again.
    const closeElsewhere = (event: PointerEvent): void => {
      const target = event.target as Node;
      if (!panel.contains(target) && !anchor.contains(target)) setOpen(false);
    };
    window.addEventListener('resize', place);
    window.addEventListener('pointerdown', closeElsewhere, true);
    return () => {
      window.removeEventListener('resize', place);
      window.removeEventListener('pointerdown', closeElsewhere, true);
      // The focus went with the panel that had it; elsewhere it stays.
      if (document.activeElement === null || document.activeElement === document.body)
        anchor.focus({ preventScroll: true });
    };
  }, [open, align]);

  const close = (): void => setOpen(false);
  return (
    <>
      <Button
        {...button}
        ref={buttonRef}
        aria-haspopup={kind}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => {
          if (open) return close();
          onOpen?.();
          setOpen(true);
        }}
      />
      {open && (
        <div
          ref={panelRef}
          id={id}
          popover="manual"
          role={kind}
          aria-label={label}
          tabIndex={-1}
          className={styles.panel}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.preventDefault();
              event.stopPropagation();
              close();
            } else if (kind === 'menu') moveInMenu(event.nativeEvent, event.currentTarget, close);
          }}
        >
          {children(close)}
        </div>
      )}
    </>
  );
}

const MARGIN = 8;

/**
 * Below the button, inside the window: a panel that would stick out is moved, and scrolls if it is too high.
 */
function placeBelow(panel: HTMLElement, anchor: DOMRect, align: 'start' | 'end'): void {
  const width = panel.offsetWidth;
  const wanted = align === 'start' ? anchor.left : anchor.right - width;
  const left = Math.max(MARGIN, Math.min(wanted, document.documentElement.clientWidth - width - MARGIN));
  const top = anchor.bottom + 4;
  panel.style.left = `${left}px`;
  panel.style.top = `${top}px`;
  panel.style.maxHeight = `${Math.max(120, document.documentElement.clientHeight - top - MARGIN)}px`;
}

/**
 * The keys of a menu: arrows go round, Home and End jump, Tab leaves, a letter finds the next item that
 * begins so.
 */
function moveInMenu(event: KeyboardEvent, menu: HTMLElement, close: () => void): void {
  const items = [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const target = menuTarget(event.key, items, at);
  if (target !== undefined) {
    event.preventDefault();
    target.focus();
  } else if (event.key === 'Tab') {
    event.preventDefault();
    close();
  }
}

function menuTarget(key: string, items: readonly HTMLElement[], at: number): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return items[(at + 1) % items.length];
    case 'ArrowUp':
      return items[(at <= 0 ? items.length : at) - 1];
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default: {
      if (key.length !== 1 || key === ' ') return undefined;
      const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      return after.find((item) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase()));
    }
  }
}
