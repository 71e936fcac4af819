/** Languages of the page, by the code under which they are kept in settings and links. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];
