import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';

export interface PageHeadProps {
  title: string;
  /** What the title is part of, for the title of the window. */
  within?: string;
  kicker?: ReactNode;
  lead?: ReactNode;
  /** What can be done on the whole page. */
  actions?: ReactNode;
}

let isFirst = true;

/** The heading of a page. It names the window, and takes the focus after somebody went to the page by a link. */
export function PageHead({ title, within, kicker, lead, actions }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = [title, within, 'Assay'].filter(Boolean).join(' · ');
  }, [title, within]);
  // As it is drawn: a key that is pressed next, however soon, is for the new page.
  useLayoutEffect(() => {
    // The browser itself begins at the top of a page that it loads.
    if (!isFirst) heading.current?.focus({ preventScroll: true });
    isFirst = false;
  }, []);
  return (
    <div className="page-head">
      <div>
        {kicker !== undefined && <p className="kicker">{kicker}</p>}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead !== undefined && <p className="lead">{lead}</p>}
      </div>
      {actions !== undefined && <div className="row">{actions}</div>}
    </div>
  );
}
