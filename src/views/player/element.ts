/** An element with its class and attributes: all of a user-interface library that a recorded run needs. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, className: string, attributes: Readonly<Record<string, string>> = {}, text?: string,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}
