/** A picture without what differs between builds of one browser: the fonts' bytes, how a hatching is compressed, parts of a pixel. */
export function steadyPicture(svg: string): string {
  return svg
    .replace(/@font-face\{[^}]*\}/g, '')
    .replace(/data:image\/png;base64,[\w+/=]+/g, 'data:')
    .replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number))).replace('-0', '0'))
    .replace(/></g, '>\n<');
}
