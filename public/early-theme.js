/* global document, localStorage, matchMedia */
// Runs before the first paint, so that a reader who chose the dark theme on a light system is not shown a white page
// first. Everything else about the theme is in src/ui/shell/theme-and-language.tsx.
try {
  const { theme } = JSON.parse(localStorage.getItem('weft.view') ?? '{}');
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
} catch {
  // Storage is forbidden or damaged: the page begins light and the app puts it right.
}
