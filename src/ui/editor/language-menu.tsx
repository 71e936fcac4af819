import type { ReactElement } from 'react';
import type { Language } from '../../protocol/program';
import { mayChangeLanguage } from '../../state/editor-store';
import { MenuItem } from '../controls/menu-items';
import { Popover } from '../controls/popover';
import { EXAMPLE_LANGUAGES, EXAMPLES } from '../examples/examples';
import { LANGUAGE_NAMES } from '../examples/examples-menu';
import { useEditor, usePage, useText } from '../page';
import styles from './editor-pane.module.css';

/** The language of the program. An example that nobody has touched is shown as it is written in the other, if it is. */
export function LanguageMenu(): ReactElement {
  const text = useText();
  const { actions, editor, readOnly } = usePage();
  const state = useEditor((all) => all);
  const { program: { language }, origin, edited } = state;
  if (readOnly || !mayChangeLanguage(state)) return <span className={styles.language}>{LANGUAGE_NAMES[language]}</span>;
  const choose = (chosen: Language): void => {
    const twin = origin.kind === 'example' && !edited
      ? EXAMPLES.find(({ id, program }) => id === origin.id && program.language === chosen) : undefined;
    if (twin !== undefined) actions.openExample(twin);
    else editor.setLanguage(chosen);
  };
  return (
    <Popover
      kind="menu" align="end" label={text('ui.editor.language')}
      button={{ chevron: true, className: styles.language, children: LANGUAGE_NAMES[language] }}
    >
      {(close) => EXAMPLE_LANGUAGES.map((value) => (
        <MenuItem
          key={value} checked={value === language}
          onSelect={() => {
            close();
            if (value !== language) choose(value);
          }}
        >
          {LANGUAGE_NAMES[value]}
        </MenuItem>
      ))}
    </Popover>
  );
}
