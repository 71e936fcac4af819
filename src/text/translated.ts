/**
 * The shape that a language must have to say all that English says: a key that is missing or misspelt is a
 * type error. Languages without a form of their own for "one" leave out the keys that end in `_one`.
 */
export type Translated<English> = {
  readonly [Key in keyof English as Key extends `${string}_one` ? never : Key]: English[Key] extends string
    ? string
    : Translated<English[Key]>;
};
