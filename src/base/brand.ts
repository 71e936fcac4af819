/** A number (or string) that the compiler keeps apart from all others: `type Tid = Brand<number, 'Tid'>`. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
