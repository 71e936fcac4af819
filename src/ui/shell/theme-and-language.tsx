import { useEffect, useLayoutEffect } from 'react';
import { languageTag, preferredLanguage, setLanguage } from '../../text/translate';
import { useLanguage, useView } from '../page';
import { useMedia } from './use-narrow';

/** Puts the reader's theme and language on the document. */
export function ThemeAndLanguage(): null {
  const theme = useTheme();
  const choice = useView((state) => state.language);
  const language = useLanguage();
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(
    () => setLanguage(choice === 'system' ? preferredLanguage(navigator.languages) : choice),
    [choice],
  );
  useLayoutEffect(() => {
    document.documentElement.lang = languageTag(language);
  }, [language]);
  return null;
}

/** The theme that is shown: the reader's choice, or the system's. */
export function useTheme(): 'light' | 'dark' {
  const choice = useView((state) => state.theme);
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  return choice === 'system' ? (systemDark ? 'dark' : 'light') : choice;
}
