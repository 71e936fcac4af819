/** The page that says what this browser can do, and what that means for Weft. */
import '../text/whole-catalogue';
import { languageTag, preferredLanguage, setLanguage, translate } from '../text/translate';
import { abilitiesOf, ABILITIES, possibleWith, type Abilities } from './abilities';
import './browser.css';

const WORDS = { 'many workers': 'browser.runs', 'one worker': 'browser.runsInOne', 'recorded': 'browser.runsNot' } as const;

const root = document.getElementById('root');
if (!root) throw new Error('missing element "root" in browser.html');
const language = preferredLanguage(navigator.languages);
setLanguage(language);
document.documentElement.lang = languageTag(language);
document.title = translate('browser.title');
void abilitiesOf(window).then((abilities) => root.replaceChildren(pageOf(abilities)));

function pageOf(abilities: Abilities): HTMLElement {
  const possible = possibleWith(abilities);
  const page = element('main', '');
  const results = element('ul', 'wb-possible');
  for (const name of ['python', 'javascript'] as const) {
    const shape = possible[name];
    results.append(item(shape !== 'recorded', translate(`browser.${name}`), translate(WORDS[shape])));
  }
  results.append(item(true, translate('browser.recorded'), translate('browser.plays')));
  const checks = element('ul', 'wb-checks');
  for (const name of ABILITIES) {
    checks.append(item(abilities[name], translate(`browser.ability.${name}`), translate(`browser.why.${name}`)));
  }
  const open = element('a', 'wb-open', translate('browser.open'));
  open.setAttribute('href', './');
  page.append(
    element('h1', '', translate('browser.title')), element('p', '', translate('browser.about')), results,
    element('h2', '', translate('browser.checks')), checks,
    element('p', '', translate('browser.cores', { count: navigator.hardwareConcurrency })),
    element('p', 'wb-agent', navigator.userAgent), open,
  );
  return page;
}

function item(good: boolean, name: string, words: string): HTMLElement {
  const made = element('li', good ? 'wb-good' : 'wb-bad');
  made.append(
    element('b', '', name), element('span', 'wb-answer', translate(good ? 'browser.yes' : 'browser.no')), element('span', 'wb-words', words),
  );
  return made;
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.textContent = text;
  return made;
}
