import type { Language, Program } from '../protocol/program';
import { translate } from '../text/translate';
import { element } from '../views/player';

const PLAY = 'M5 3v10l8-5z';
const PAUSE = 'M5.5 3v10M10.5 3v10';
const OPEN = 'M9 3h4v4M13 3 7.5 8.5M11 9.5V13H3V5h3.5';

interface BarActions {
  readonly onPlay: () => void;
  readonly onRun: () => void;
  /** The whole page with this program; worked out when it is asked for. */
  readonly address: () => Promise<string>;
}

/** What one can do with a recorded run in an embed: play it, run the program, open the whole page. */
export class EmbedBar {
  readonly element = element('header', 'we-bar');
  private readonly play = element('button', 'we-button', { 'type': 'button', 'hidden': '', 'data-testid': 'play' });
  private readonly name = element('h1', 'we-name', {}, 'Weft');
  private readonly moment = element('span', 'we-moment', { hidden: '' });
  private readonly badge = element('span', 'we-badge', { hidden: '', title: translate('embed.recordedAbout') }, translate('embed.recorded'));
  private readonly run = element('button', 'we-button we-run', { type: 'button', title: translate('embed.runTip') }, translate('embed.run'));
  private readonly open = element('a', 'we-button', {
    href: new URL('./', document.baseURI).href, target: '_blank', rel: 'noopener', title: translate('embed.openTip'),
  });

  constructor(private readonly runs: (language: Language) => boolean, { onPlay, onRun, address }: BarActions) {
    this.run.disabled = this.run.hidden = true;
    this.open.append(icon(OPEN), element('span', 'we-word', {}, translate('embed.open')));
    this.element.append(this.play, this.name, this.moment, element('span', 'we-space'), this.badge, this.run, this.open);
    this.play.addEventListener('click', onPlay);
    this.run.addEventListener('click', onRun);
    // The link holds the program: it is made when a reader is about to follow it.
    const point = (): void => void address().then((href) => (this.open.href = href));
    this.open.addEventListener('pointerenter', point, { once: true });
    this.open.addEventListener('focus', point, { once: true });
    this.showPlaying(false);
  }

  /** `title`: of a lesson, which one begins rather than runs. */
  showContent(program: Program | undefined, recorded: boolean, title?: string): void {
    this.name.textContent = title ?? program?.entry ?? 'Weft';
    if (title !== undefined) {
      this.run.textContent = translate('embed.begin');
      this.run.title = translate('embed.beginTip');
    }
    this.run.disabled = program === undefined;
    this.run.hidden = program !== undefined && !this.runs(program.language);
    for (const part of [this.play, this.moment, this.badge]) part.hidden = !recorded;
  }

  showMoment(words: string): void {
    this.moment.textContent = words;
  }

  showPlaying(playing: boolean): void {
    const label = translate(playing ? 'embed.pause' : 'embed.play');
    this.play.title = label;
    this.play.setAttribute('aria-label', label);
    this.play.replaceChildren(icon(playing ? PAUSE : PLAY));
  }

  /** The reader pressed Run: what it needs is on its way. */
  showComing(): void {
    this.run.disabled = true;
    this.run.textContent = translate('embed.starting');
  }
}

function icon(path: string): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  for (const [name, value] of Object.entries({ 'viewBox': '0 0 16 16', 'width': '16', 'height': '16', 'aria-hidden': 'true' })) {
    svg.setAttribute(name, value);
  }
  const line = document.createElementNS(space, 'path');
  for (const [name, value] of Object.entries({
    'd': path, 'fill': 'none', 'stroke': 'currentColor', 'stroke-width': '1.4', 'stroke-linecap': 'round', 'stroke-linejoin': 'round',
  })) line.setAttribute(name, value);
  svg.append(line);
  return svg;
}
