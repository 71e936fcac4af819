import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours of code come from the page's tokens, so a change of theme asks nothing of the editor. */
const highlightStyle = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword],
    color: 'var(--ui-code-keyword)',
  },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--ui-code-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--ui-code-number)' },
  { tag: [tags.comment, tags.docComment], color: 'var(--ui-code-comment)' },
  {
    tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)],
    color: 'var(--ui-code-name)',
    fontWeight: '600',
  },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.className],
    color: 'var(--ui-code-name)',
  },
  { tag: [tags.operator, tags.punctuation, tags.bracket], color: 'var(--weft-text-muted)' },
  { tag: tags.invalid, color: 'var(--weft-danger)' },
]);

const look = EditorView.theme({
  '&': {
    height: '100%',
    color: 'var(--weft-text)',
    backgroundColor: 'var(--weft-panel)',
    fontSize: 'var(--weft-size-md)',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--weft-font-mono)',
    lineHeight: '20px',
    overscrollBehavior: 'contain',
    // Learners must see the letters that are to be typed.
    fontVariantLigatures: 'none',
  },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--weft-accent)' },
  '.cm-line': { padding: '0 12px 0 6px' },
  '.cm-gutters': { backgroundColor: 'var(--weft-panel)', color: 'var(--weft-text-faint)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 8px 0 4px', minWidth: '32px' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--weft-hover) 60%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--weft-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--weft-accent)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--ui-code-selection) !important',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--weft-accent-soft)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--weft-active)',
    outline: '1px solid var(--weft-border-strong)',
  },
  '.cm-nonmatchingBracket': { color: 'var(--weft-danger)' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--weft-hover)',
    border: 'none',
    color: 'var(--weft-text-muted)',
    padding: '0 6px',
  },
  '.cm-foldGutter .cm-gutterElement': { color: 'var(--weft-text-faint)', width: '12px', opacity: '0' },
  '.cm-gutters:hover .cm-foldGutter .cm-gutterElement, .cm-foldGutter .cm-gutterElement:has([title="Unfold line"])':
    {
      opacity: '1',
    },
  '.cm-tooltip': {
    border: '1px solid var(--weft-border)',
    borderRadius: 'var(--weft-radius-md)',
    overflow: 'hidden',
    backgroundColor: 'var(--weft-raised)',
    color: 'var(--weft-text)',
    boxShadow: 'var(--weft-shadow-md)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--weft-font-mono)',
    fontSize: 'var(--weft-size-sm)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--weft-selected)',
    color: 'var(--weft-text)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--weft-accent)', fontWeight: '600' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--weft-text-faint)', marginLeft: '8px' },
  '.cm-tooltip.cm-completionInfo': {
    padding: '10px 12px',
    maxWidth: '340px',
    fontFamily: 'var(--weft-font-sans)',
  },
  '.cm-api-signature': {
    display: 'block',
    fontFamily: 'var(--weft-font-mono)',
    fontSize: 'var(--weft-size-sm)',
  },
  '.cm-api-sentence': { margin: '4px 0 0', lineHeight: '18px', color: 'var(--weft-text-muted)' },
  '.cm-api-sentence + .cm-api-signature': { marginTop: '10px' },
  '.cm-panels': {
    backgroundColor: 'var(--weft-sunken)',
    color: 'var(--weft-text)',
    borderColor: 'var(--weft-border)',
  },
  '.cm-panel.cm-search': {
    padding: '8px 12px',
    fontFamily: 'var(--weft-font-sans)',
    fontSize: 'var(--weft-size-sm)',
  },
  '.cm-textfield': {
    border: '1px solid var(--weft-border-strong)',
    borderRadius: 'var(--weft-radius-sm)',
    height: '24px',
    fontSize: 'inherit',
    backgroundColor: 'var(--weft-panel)',
    color: 'var(--weft-text)',
    boxSizing: 'border-box',
    padding: '0 6px',
  },
  '.cm-button': {
    border: '1px solid var(--weft-border-strong)',
    borderRadius: 'var(--weft-radius-sm)',
    height: '24px',
    fontSize: 'inherit',
    backgroundImage: 'none',
    backgroundColor: 'var(--weft-panel)',
    color: 'var(--weft-text)',
    padding: '0 8px',
  },
  '.cm-searchMatch': {
    backgroundColor: 'var(--weft-warning-soft)',
    outline: '1px solid var(--weft-warning)',
  },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--weft-selected)' },
  '.cm-diagnostic': { padding: '6px 10px', borderLeft: '3px solid var(--weft-danger)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--weft-danger) 1px',
    textUnderlineOffset: '3px',
  },
  '.cm-gutter-lint': { display: 'none' },
});

export const editorLook: Extension = [look, syntaxHighlighting(highlightStyle)];
