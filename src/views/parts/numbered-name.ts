/** A name in two parts, `ForkPoolWorker` and `-3`: where there is no room, the first is cut. The second is '' where there is no number. */
export function numberedName(name: string): readonly [head: string, number: string] {
  const [, head = '', number = ''] = /^(.{6,}?)([-_ ]?\d+)$/.exec(name) ?? [];
  return number === '' ? [name, ''] : [head, number];
}
