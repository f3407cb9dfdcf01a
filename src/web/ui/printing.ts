/** What is folded on the screen is open on paper. Returns how to stop listening. */
export function unfoldForPrint(): () => void {
  let unfolded: HTMLDetailsElement[] = [];
  const unfold = () => {
    unfolded = [...document.querySelectorAll<HTMLDetailsElement>('[data-unfold] details:not([open])')];
    for (const details of unfolded) details.open = true;
  };
  const fold = () => {
    for (const details of unfolded) details.open = false;
    unfolded = [];
  };
  window.addEventListener('beforeprint', unfold);
  window.addEventListener('afterprint', fold);
  return () => {
    window.removeEventListener('beforeprint', unfold);
    window.removeEventListener('afterprint', fold);
  };
}

/** Print one part of the page: page.css leaves out the others. */
export function printOnly(part: Element): void {
  const page = document.documentElement;
  page.dataset.print = 'one';
  part.setAttribute('data-print', 'this');
  const restore = () => {
    delete page.dataset.print;
    part.removeAttribute('data-print');
  };
  window.addEventListener('afterprint', restore, { once: true });
  window.print();
}
