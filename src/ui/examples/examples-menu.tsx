import { useState, type ReactElement } from 'react';
import type { Language } from '../../protocol/program';
import { MenuGroup, MenuItem } from '../controls/menu-items';
import { Popover } from '../controls/popover';
import { useEditor, usePage, useText } from '../page';
import {
  EXAMPLE_GROUPS,
  EXAMPLE_LANGUAGES,
  EXAMPLES,
  type Example,
  type ExampleGroup,
} from './examples';
import styles from './examples-menu.module.css';

export const LANGUAGE_NAMES: Record<Language, string> = { javascript: 'JavaScript', python: 'Python' };

/** Programs to begin with, by what they show. */
export function ExamplesMenu(): ReactElement {
  const text = useText();
  const { actions } = usePage();
  const current = useEditor(({ program }) => program.language);
  const origin = useEditor((state) => state.origin);
  const [chosen, setChosen] = useState<Language>();
  const language = chosen ?? (EXAMPLE_LANGUAGES.includes(current) ? current : 'javascript');
  return (
    <Popover
      kind="menu"
      label={text('ui.bar.examples')}
      onOpen={() => setChosen(undefined)}
      button={{ icon: 'examples', children: text('ui.bar.examples'), chevron: true, compact: 'narrow' }}
    >
      {(close) => (
        <div className={styles.menu}>
          {EXAMPLE_LANGUAGES.length > 1 && (
            <div role="group" aria-label={text('ui.language')} className={styles.languages}>
              {EXAMPLE_LANGUAGES.map((value) => (
                <MenuItem key={value} checked={value === language} onSelect={() => setChosen(value)}>
                  {LANGUAGE_NAMES[value]}
                </MenuItem>
              ))}
            </div>
          )}
          {groupsOf(language).map(([group, examples]) => (
            <MenuGroup key={group} title={text(`examples.group.${group}`)}>
              {examples.map((example) => (
                <MenuItem
                  key={example.id}
                  about={text(`examples.${example.id}.about`)}
                  checked={origin.kind === 'example' && origin.id === example.id}
                  onSelect={() => {
                    close();
                    actions.openExample(example);
                  }}
                >
                  {text(`examples.${example.id}.title`)}
                </MenuItem>
              ))}
            </MenuGroup>
          ))}
        </div>
      )}
    </Popover>
  );
}

/** The groups that have examples in a language. */
function groupsOf(language: Language): readonly (readonly [ExampleGroup, readonly Example[]])[] {
  return EXAMPLE_GROUPS.map((group) => {
    const examples = EXAMPLES.filter(
      (example) => example.group === group && example.program.language === language,
    );
    return [group, examples] as const;
  }).filter(([, examples]) => examples.length > 0);
}
