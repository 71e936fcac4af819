import { useRef, type ReactElement } from 'react';
import { MenuGroup, MenuItem } from '../controls/menu-items';
import { Popover } from '../controls/popover';
import { useHelp } from '../dialogs/help-context';
import { usePage, useText } from '../page';
import { AppearanceItems } from './appearance-menu';
import { FileInput, SaveItems } from './file-buttons';
import { ShareButton } from './share-button';
import { useRoomForPuzzles } from './use-narrow';

/** What a narrow page has no room for side by side. */
export function MoreMenu(): ReactElement {
  const text = useText();
  const help = useHelp();
  const { play } = usePage();
  const roomForPuzzles = useRoomForPuzzles();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <ShareButton />
      <Popover
        kind="menu"
        align="end"
        label={text('ui.bar.more')}
        button={{
          icon: 'more',
          compact: 'always',
          children: text('ui.bar.more'),
          title: text('ui.bar.more'),
        }}
      >
        {(close) => (
          <>
            {!roomForPuzzles && (
              <MenuItem
                icon="puzzle"
                about={text('puzzles.openTip')}
                onSelect={() => {
                  close();
                  play.openList();
                }}
              >
                {text('puzzles.open')}
              </MenuItem>
            )}
            <MenuItem
              icon="open"
              about={text('ui.bar.openTip')}
              onSelect={() => {
                close();
                input.current?.click();
              }}
            >
              {text('ui.bar.open')}
            </MenuItem>
            <MenuGroup title={text('ui.bar.save')}>
              <SaveItems onDone={close} />
            </MenuGroup>
            <AppearanceItems onDone={close} />
            <MenuGroup title={text('ui.bar.more')}>
              <MenuItem
                icon="help"
                onSelect={() => {
                  close();
                  help.open();
                }}
              >
                {text('ui.help.title')}
              </MenuItem>
            </MenuGroup>
          </>
        )}
      </Popover>
      <FileInput ref={input} />
    </>
  );
}
