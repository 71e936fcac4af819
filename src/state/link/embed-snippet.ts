import type { EmbedTheme, Show } from '../../protocol/embed';

/** How a page of a course takes a run in. */
export interface EmbedChoice {
  /** `element`: a script and a tag; `frame`: an iframe alone, for platforms that take scripts out of what one writes. */
  readonly form: 'element' | 'frame';
  readonly show: Exclude<Show, 'lesson'>;
  readonly theme: EmbedTheme;
  readonly readonly: boolean;
  /** CSS pixels. */
  readonly height: number;
}

/**
 * The lines of HTML that show the program of a link in another page.
 *
 * @param home address of the app's folder, with its last slash
 * @param fragment the program, as {@link encodeLink} writes it
 */
export function embedSnippet(home: string, fragment: string, { form, show, theme, readonly, height }: EmbedChoice): string {
  if (form === 'frame') {
    const address = new URL('embed.html', home);
    if (show !== 'both') address.searchParams.set('show', show);
    if (theme !== 'auto') address.searchParams.set('theme', theme);
    if (readonly) address.searchParams.set('readonly', 'true');
    address.hash = fragment;
    return `<iframe src="${escaped(address.href)}" title="Weft" width="100%" height="${height}" loading="lazy"\n`
      + '  allow="cross-origin-isolated; clipboard-write; fullscreen" style="border:0"></iframe>';
  }
  const attributes = [
    show === 'both' ? '' : ` show="${show}"`,
    theme === 'auto' ? '' : ` theme="${theme}"`,
    readonly ? ' readonly' : '',
    ` height="${height}"`,
  ].join('');
  return `<script async src="${escaped(new URL('weft-run.js', home).href)}"></script>\n<weft-run${attributes} link="${escaped(fragment)}"></weft-run>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
