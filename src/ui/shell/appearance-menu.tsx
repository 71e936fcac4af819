import type { ReactElement } from 'react';
import { THEME_CHOICES, type LanguageChoice } from '../../state/view-store';
import { MenuGroup, MenuItem } from '../controls/menu-items';
import type { IconName } from '../controls/icon';
import { Popover } from '../controls/popover';
import { usePage, useText, useView } from '../page';
import { useTheme } from './theme-and-language';

const LANGUAGES: readonly {
  readonly choice: LanguageChoice;
  readonly name?: string;
  readonly tag?: string;
}[] = [
  { choice: 'system' },
  { choice: 'en', name: 'English', tag: 'en' },
  { choice: 'zh', name: '简体中文', tag: 'zh-Hans' },
];
const THEME_ICONS: Record<(typeof THEME_CHOICES)[number], IconName> = {
  system: 'monitor',
  light: 'sun',
  dark: 'moon',
};

/** Theme and language. */
export function AppearanceMenu(): ReactElement {
  const text = useText();
  const theme = useTheme();
  return (
    <Popover
      kind="menu"
      align="end"
      label={text('ui.bar.settings')}
      button={{
        icon: theme === 'dark' ? 'moon' : 'sun',
        compact: 'always',
        children: text('ui.bar.settings'),
        title: `${text('ui.theme.title')} · ${text('ui.language')}`,
      }}
    >
      {(close) => <AppearanceItems onDone={close} />}
    </Popover>
  );
}

/** Its lines, for the menu of a narrow page too. */
export function AppearanceItems({ onDone }: { readonly onDone: () => void }): ReactElement {
  const text = useText();
  const { view } = usePage();
  const { theme, language } = useView((state) => state);
  return (
    <>
      <MenuGroup title={text('ui.theme.title')}>
        {THEME_CHOICES.map((choice) => (
          <MenuItem
            key={choice}
            icon={THEME_ICONS[choice]}
            checked={choice === theme}
            onSelect={() => {
              view.setTheme(choice);
              onDone();
            }}
          >
            {text(`ui.theme.${choice}`)}
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuGroup title={text('ui.language')}>
        {LANGUAGES.map(({ choice, name, tag }) => (
          <MenuItem
            key={choice}
            icon="translate"
            checked={choice === language}
            lang={tag}
            onSelect={() => {
              view.setLanguage(choice);
              onDone();
            }}
          >
            {name ?? text('ui.languageSystem')}
          </MenuItem>
        ))}
      </MenuGroup>
    </>
  );
}
