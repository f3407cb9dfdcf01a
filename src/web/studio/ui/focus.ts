import { flushSync } from 'react-dom';

/** Something by which people know where they are. */
const places = 'tr, li, fieldset, form, dialog, section, aside';

/** Where something stands: what is around it, the innermost first, and the heading of the page. */
export function placeOf(element: Element | null): Element[] {
  const around: Element[] = [];
  for (let one = element; one !== null; one = one.parentElement) if (one.matches(places)) around.push(one);
  return around;
}

/** Give the focus to what is left of a place, so that nobody who uses a keyboard begins anew at the top of the page. */
export function returnTo(place: readonly Element[]): void {
  const left =
    place.find((one) => one.isConnected) ?? document.querySelector('main h1') ?? document.querySelector('main');
  if (!(left instanceof HTMLElement)) return;
  if (left.tabIndex < 0 && !left.hasAttribute('tabindex')) {
    left.tabIndex = -1;
    left.addEventListener('blur', () => left.removeAttribute('tabindex'), { once: true });
  }
  left.focus({ preventScroll: true });
  left.scrollIntoView({ block: 'nearest' });
}

/** Change the page, and give the focus to what is there now: a key that is pressed next, however soon, is for the new place. */
export function focusAfter(change: () => void, id: string): void {
  flushSync(change);
  document.getElementById(id)?.focus();
}

/**
 * Browsers drop the focus when what has it goes away, as a button does whose deed is done: from now on it stays near. They also
 * leave half of what a key led to out of sight, or behind what stands still: it is brought into view.
 */
export function keepFocus(): void {
  let last: Element | null = null;
  let place: Element[] = [];
  document.addEventListener('focusin', ({ target }) => {
    last = target as Element;
    place = placeOf(last);
    if (last.matches(':focus-visible')) last.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  new MutationObserver(() => {
    if (last === null || last.isConnected || document.activeElement !== document.body) return;
    last = null;
    returnTo(place);
  }).observe(document.body, { childList: true, subtree: true });
}
