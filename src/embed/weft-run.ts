/**
 * The element `<weft-run>` for pages of courses: `<script async src=".../weft-run.js"></script>`. One file without imports, for
 * it is loaded by pages that are not ours; and no module, for a module of another origin needs a header that not every host
 * sends (the build puts it into a function of its own). docs/embedding.md is its manual.
 */
import type { EmbedMessage, HostMessage } from '../protocol/embed';

/** Attributes that go into the embed's address as they are. */
const PASSED = ['show', 'theme', 'lang', 'views', 'readonly', 'autoplay', 'lesson', 'at'];
const OWN = ['link', 'run', 'language', 'name', 'height'];
/** Attributes of any element of HTML, which are nobody's mistake. */
const COMMON = /^(id|class|style|title|hidden|slot|dir|tabindex|role|data-.*|aria-.*|on.*)$/;
const HEIGHT = 420;
/** So far from what is in view an embed begins to load. */
const NEAR = '400px';

/** Where this file lies, and the app beside it. */
const home = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : document.baseURI;

type Loaded = { readonly trace: string } | { readonly text: string; readonly language: 'python' | 'javascript'; readonly name?: string };
/** A message without its envelope. */
type Bare<Message> = Message extends unknown ? Omit<Message, 'weft'> : never;

class WeftRun extends HTMLElement {
  static readonly observedAttributes = [...PASSED, ...OWN];
  /** What stands between the tags is the program, and what is seen where scripts are off; not beside the frame. */
  private readonly shadow = this.attachShadow({ mode: 'open' });
  private frame: HTMLIFrameElement | undefined;
  private observer: IntersectionObserver | undefined;
  private loaded: Loaded | undefined;
  private ready = false;
  private pending: Bare<HostMessage>[] = [];

  connectedCallback(): void {
    for (const { name } of this.attributes) {
      if (![...PASSED, ...OWN].includes(name) && !COMMON.test(name)) {
        console.warn(`weft-run: unknown attribute "${name}" is ignored; there are ${[...PASSED, ...OWN].join(', ')}`);
      }
    }
    // The place is kept from the first moment on: nothing of the page moves when the embed comes.
    this.style.display = 'block';
    this.style.height = heightOf(this.getAttribute('height'));
    window.addEventListener('message', this.onMessage);
    this.observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) this.begin();
    }, { rootMargin: NEAR });
    this.observer.observe(this);
  }

  disconnectedCallback(): void {
    window.removeEventListener('message', this.onMessage);
    this.observer?.disconnect();
    this.frame?.remove();
    this.frame = undefined;
    this.ready = false;
  }

  attributeChangedCallback(name: string): void {
    if (name === 'height') this.style.height = heightOf(this.getAttribute('height'));
    else if (this.frame !== undefined) this.begin();
  }

  /** Runs the program, from its start where it runs already. */
  run(): void {
    this.tell({ type: 'run' });
  }
  /** Ends the run. */
  stop(): void {
    this.tell({ type: 'stop' });
  }
  /** Plays the recorded run from where the playhead is. */
  play(): void {
    this.tell({ type: 'play' });
  }
  pause(): void {
    this.tell({ type: 'pause' });
  }
  /** Moves the playhead to a moment of the run, in nanoseconds. */
  seek(time: number): void {
    this.tell({ type: 'seek', time });
  }

  private begin(): void {
    this.observer?.disconnect();
    this.frame?.remove();
    this.ready = false;
    const run = this.getAttribute('run');
    // In an element of its own the text keeps its lines, and reads as code where scripts are off.
    const inner = this.querySelector('pre, script, template')?.textContent ?? this.textContent ?? '';
    const text = inner.trim() === '' ? undefined : inner;
    const link = this.getAttribute('link') ?? '';
    const address = new URL('embed.html', home);
    for (const name of PASSED) {
      const value = this.getAttribute(name);
      if (value !== null) address.searchParams.set(name, value);
    }
    address.searchParams.set('host', location.origin);
    address.hash = link.includes('#') ? link.slice(link.indexOf('#')) : link;
    if (run !== null) void this.loadRun(run);
    else if (text !== undefined) this.loaded = this.programIn(text);
    if (run !== null || text !== undefined) address.searchParams.set('waits', 'true');
    const frame = document.createElement('iframe');
    frame.src = address.href;
    frame.title = this.getAttribute('title') ?? 'Weft';
    frame.allow = 'cross-origin-isolated; clipboard-write; fullscreen';
    frame.style.cssText = 'display:block;width:100%;height:100%;border:0;color-scheme:auto';
    this.frame = frame;
    this.shadow.append(frame);
  }

  /** The page fetches its own recorded run, so that it may lie beside the page, on any origin. */
  private async loadRun(address: string): Promise<void> {
    try {
      const answer = await fetch(new URL(address, document.baseURI));
      if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
      this.loaded = { trace: await answer.text() };
      this.load();
    } catch (error) {
      console.error(`weft-run: ${address} could not be fetched: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private programIn(text: string): Loaded {
    const name = this.getAttribute('name');
    const language = this.getAttribute('language') === 'javascript' ? 'javascript' : 'python';
    return { text: withoutIndent(text), language, ...(name !== null && { name }) };
  }

  private load(): void {
    if (this.ready && this.loaded !== undefined) this.tell({ type: 'load', ...this.loaded });
  }

  private tell(message: Bare<HostMessage>): void {
    if (!this.ready) this.pending.push(message);
    else this.frame?.contentWindow?.postMessage({ weft: 1, ...message }, new URL(home).origin);
  }

  private readonly onMessage = ({ source, origin, data }: MessageEvent<EmbedMessage | undefined>): void => {
    if (this.frame === undefined || source !== this.frame.contentWindow || origin !== new URL(home).origin) return;
    if (data?.weft !== 1) return;
    if (data.type === 'ready') {
      this.ready = true;
      this.load();
      for (const message of this.pending.splice(0)) this.tell(message);
    }
    const { weft: _, type, ...detail } = data;
    this.dispatchEvent(new CustomEvent(`weft-${type}`, { detail, bubbles: true }));
  };
}

/** A number of CSS pixels, or any length of CSS. */
function heightOf(given: string | null): string {
  if (given === null || given.trim() === '') return `${HEIGHT}px`;
  if (/^\d+$/.test(given.trim())) return `${given.trim()}px`;
  if (CSS.supports('height', given)) return given;
  console.warn(`weft-run: unknown height "${given}" is ignored; it is a number of pixels, or a length of CSS`);
  return `${HEIGHT}px`;
}

/** The text of a program that was indented with the page around it. */
function withoutIndent(text: string): string {
  const lines = text.replace(/^\s*\n/, '').replace(/\s+$/, '\n').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
  const least = Math.min(...indents);
  return lines.map((line) => line.slice(least)).join('\n');
}

if (customElements.get('weft-run') === undefined) customElements.define('weft-run', WeftRun);
