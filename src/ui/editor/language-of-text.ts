import { javascriptLanguage } from '@codemirror/lang-javascript';
import { pythonLanguage } from '@codemirror/lang-python';
import type { Language } from '../../protocol/program';

const GRAMMARS = { javascript: javascriptLanguage, python: pythonLanguage };

/**
 * The language that a program reads as: the one whose grammar finds fewer mistakes in it, and `current` where they tell no
 * difference (`print("hello")` is a program in both).
 */
export function languageOfText(text: string, current: Language): Language {
  const other = current === 'python' ? 'javascript' : 'python';
  const mistakes = mistakesIn(text, current);
  return mistakes > 0 && mistakesIn(text, other) < mistakes ? other : current;
}

function mistakesIn(text: string, language: Language): number {
  let mistakes = 0;
  GRAMMARS[language].parser.parse(text).iterate({
    enter: ({ type }) => {
      if (type.isError) mistakes++;
    },
  });
  return mistakes;
}
