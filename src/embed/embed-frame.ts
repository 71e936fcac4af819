import type { EmbedMessage, EmbedOptions, HostMessage } from '../protocol/embed';
import { possibleShape, runsIn } from '../protocol/shape';
import { translate } from '../text/translate';
import { element, Player } from '../views/player';
import '../views/player/player.css';
import { EmbedBar } from './embed-bar';
import './embed.css';
import { contentOfLesson, contentOfLink, contentOfRun, contentOfText, contentOfTrace, type EmbedContent } from './content';
import type { LiveEmbed } from '../ui/embed/live-embed';

/** How programs run in this page, if they do. */
const SHAPE = possibleShape();

/**
 * An embed: at first a recorded run that is looked at and played; once the reader presses Run, the page's own parts in its
 * place. Nothing of those is loaded before, and nothing runs before.
 */
export class EmbedFrame {
  private content: EmbedContent = {};
  private player: Player | undefined;
  private live: LiveEmbed | undefined;
  private coming: Promise<LiveEmbed> | undefined;
  private readonly bar: EmbedBar;
  private readonly body = element('div', 'we-body');
  private readonly theme: 'light' | 'dark';

  constructor(
    private readonly root: HTMLElement,
    private readonly options: EmbedOptions,
    private readonly send: (message: EmbedMessage) => void,
  ) {
    this.theme = themeOf(options.theme);
    document.documentElement.dataset.theme = this.theme;
    this.bar = new EmbedBar((language) => runsIn(SHAPE, language), {
      onPlay: () => (this.player?.playing === true ? this.player.pause() : this.player?.play()),
      onRun: () => void this.run(),
      address: () => this.address(),
    });
    const whole = element('main', 'we-embed', { 'aria-label': translate('embed.label') });
    whole.append(this.bar.element, this.body);
    root.replaceChildren(whole);
  }

  /** Shows what the address asks for; where the page around sends it, waits for that. */
  async open(fragment: string): Promise<void> {
    try {
      const { run, lesson, waits } = this.options;
      const linked = await contentOfLink(fragment);
      if (lesson !== undefined) this.show(await contentOfLesson(lesson));
      else if (run !== undefined) this.show({ ...linked, ...(await contentOfRun(run)) });
      else if (linked !== undefined) this.show(linked);
      else if (!waits) this.show({});
    } catch (error) {
      this.tell(error);
    }
    this.send({ weft: 1, type: 'ready', shape: SHAPE });
  }

  /** Does what the page around asks for. */
  take(message: HostMessage): void {
    switch (message.type) {
      case 'load':
        try {
          if (message.trace !== undefined) this.show(contentOfTrace(message.trace));
          else this.show(contentOfText(message.text ?? '', message.language ?? 'python', message.name));
        } catch (error) {
          this.tell(error);
        }
        return;
      case 'run':
        void this.run();
        return;
      case 'stop':
        this.live?.stop();
        return;
      case 'seek':
        if (this.live === undefined) this.player?.moveTo(message.time);
        else this.live.seek(message.time);
        return;
      case 'play':
        this.player?.play();
        return;
      case 'pause':
        this.player?.pause();
    }
  }

  private show(content: EmbedContent): void {
    if (this.coming !== undefined) return;
    this.content = content;
    const { program, trace } = content;
    const { options } = this;
    this.player?.dispose();
    const player = new Player(
      { file: program?.files.find(({ name }) => name === program.entry), trace },
      {
        show: options.show === 'lesson' ? 'both' : options.show,
        theme: this.theme,
        empty: translate(program === undefined || runsIn(SHAPE, program.language) ? 'embed.noRun' : 'embed.noRunHere'),
        onTime: (time) => {
          this.bar.showMoment(player.moment);
          if (trace !== undefined) this.send({ weft: 1, type: 'seeked', time });
        },
        onPlaying: (playing) => this.bar.showPlaying(playing),
      },
    );
    this.player = player;
    this.body.replaceChildren(player.element);
    this.bar.showContent(program, trace !== undefined, content.lesson?.title);
    player.begin(options.at ?? (options.autoplay ? 0 : content.lesson?.moment));
    if (options.autoplay && !matchMedia('(prefers-reduced-motion: reduce)').matches) whenSeen(this.root, () => player.play());
  }

  /** The page's own parts, in the place of the player, with the program running. */
  private async run(): Promise<void> {
    const { content, options } = this;
    if (content.program === undefined || !runsIn(SHAPE, content.program.language)) return;
    if (this.live !== undefined) {
      this.live.run();
      return;
    }
    if (this.coming !== undefined) return;
    this.bar.showComing();
    try {
      this.coming = import('../ui/embed/live-embed').then(({ startLiveEmbed }) => startLiveEmbed(this.root, {
        program: content.program ?? NO_PROGRAM, settings: content.settings, options, theme: this.theme, send: this.send,
        lesson: content.lesson?.id,
      }));
      this.live = await this.coming;
      this.player?.dispose();
      // A lesson asks what will happen before it is run.
      if (content.lesson === undefined) this.live.run();
    } catch (error) {
      this.coming = undefined;
      this.tell(error);
    }
  }

  /** The whole page with this program in it. */
  private async address(): Promise<string> {
    const { program, settings, lesson } = this.content;
    const page = new URL('./', document.baseURI).href;
    if (lesson !== undefined) return `${page}#lesson=${lesson.id}`;
    if (program === undefined) return page;
    const [{ encodeLink }, { DEFAULT_SETTINGS }] = await Promise.all([
      import('../state/link/link-codec'), import('../protocol/program'),
    ]);
    return `${page}${encodeLink({ program, settings: settings ?? DEFAULT_SETTINGS })}`;
  }

  private tell(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.body.replaceChildren(element('p', 'wp-empty', { role: 'alert' }, translate('embed.failed', { reason })));
  }
}

const NO_PROGRAM = { language: 'python', files: [{ name: 'main.py', text: '' }], entry: 'main.py' } as const;

function themeOf(choice: EmbedOptions['theme']): 'light' | 'dark' {
  if (choice !== 'auto') return choice;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Calls `then` once the element is in view: ten embeds below each other do not play at once. */
function whenSeen(target: Element, then: () => void): void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    then();
  }, { threshold: 0.5 });
  observer.observe(target);
}
