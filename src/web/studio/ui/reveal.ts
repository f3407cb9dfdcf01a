/** Open what an element is folded into, and go to it. */
export function reveal(element: HTMLElement | null): void {
  if (element === null) return;
  for (let at = element.parentElement; at !== null; at = at.parentElement)
    if (at instanceof HTMLDetailsElement) at.open = true;
  element.focus();
  element.scrollIntoView({ block: 'center' });
}
