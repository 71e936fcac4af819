import { useRef, type ReactElement, type RefObject } from 'react';
import { Button } from '../controls/button';
import { MenuItem } from '../controls/menu-items';
import { Popover } from '../controls/popover';
import { usePage, useRun, useText } from '../page';

export function OpenButton(): ReactElement {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        icon="open"
        compact="narrow"
        title={text('ui.bar.openTip')}
        onClick={() => input.current?.click()}
      >
        {text('ui.bar.open')}
      </Button>
      <FileInput ref={input} />
    </>
  );
}

/** The browser's own dialog for files, opened by whatever clicks this. */
export function FileInput({ ref }: { readonly ref: RefObject<HTMLInputElement | null> }): ReactElement {
  const text = useText();
  const { actions } = usePage();
  return (
    <input
      ref={ref}
      type="file"
      hidden
      accept=".json,.js,.mjs,.py"
      aria-label={text('ui.bar.openTip')}
      data-testid="file"
      onChange={(event) => {
        const [file] = event.currentTarget.files ?? [];
        if (file !== undefined) void actions.openFile(file);
        // The same file may be opened once more after it has changed.
        event.currentTarget.value = '';
      }}
    />
  );
}

export function SaveMenu(): ReactElement {
  const text = useText();
  return (
    <Popover
      kind="menu"
      align="end"
      label={text('ui.bar.save')}
      button={{
        icon: 'save',
        compact: 'narrow',
        children: text('ui.bar.save'),
        title: text('ui.bar.saveTip'),
      }}
    >
      {(close) => <SaveItems onDone={close} />}
    </Popover>
  );
}

export function SaveItems({ onDone }: { readonly onDone: () => void }): ReactElement {
  const text = useText();
  const { actions } = usePage();
  const hasTrace = useRun((state) => state.model !== undefined);
  const after = (action: () => void) => () => {
    action();
    onDone();
  };
  return (
    <>
      <MenuItem
        icon="lanes"
        disabled={!hasTrace}
        onSelect={after(actions.saveTrace)}
        about={text(hasTrace ? 'ui.bar.saveTraceAbout' : 'ui.bar.noTrace')}
      >
        {text('ui.bar.saveTrace')}
      </MenuItem>
      <MenuItem
        icon="lanes"
        disabled={!hasTrace}
        onSelect={after(actions.saveChromeTrace)}
        about={text(hasTrace ? 'ui.bar.saveChromeAbout' : 'ui.bar.noTrace')}
      >
        {text('ui.bar.saveChrome')}
      </MenuItem>
      <MenuItem icon="code" about={text('ui.bar.saveProgramAbout')} onSelect={after(actions.saveProgram)}>
        {text('ui.bar.saveProgram')}
      </MenuItem>
    </>
  );
}
