import { en } from './en';
import { zh } from './zh';

/** All that the page says, in every language. */
export const catalogue = { en, zh } as const;

type English = typeof en;

type Leaves<Texts, Prefix extends string = ''> = {
  [Key in keyof Texts & string]: Texts[Key] extends string
    ? `${Prefix}${Key}`
    : Leaves<Texts[Key], `${Prefix}${Key}.`>;
}[keyof Texts & string];

type Leaf = Leaves<English>;
type PluralBase<Path extends string> = Path extends `${infer Base}_other` ? Base : never;

/**
 * A key of the catalogue: `traceWords.state.ready`. A text with forms for one and many has one key, and takes
 * `count`.
 */
export type TextKey = Exclude<Leaf, `${string}_one` | `${string}_other`> | PluralBase<Leaf>;

type TextAt<Texts, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Texts
    ? TextAt<Texts[Head], Rest>
    : never
  : Path extends keyof Texts
    ? Texts[Path]
    : never;

type Names<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Names<Rest> : never;

type NamesOf<Key extends TextKey> =
  | Names<TextAt<English, Key>>
  | (Key extends PluralBase<Leaf> ? Names<TextAt<English, `${Key}_other`>> | 'count' : never);

/** What the text at `Key` must be given: the names in its double braces. */
export type TextParams<Key extends TextKey> = {
  readonly [Name in NamesOf<Key>]: Name extends 'count' ? number : string | number;
};
