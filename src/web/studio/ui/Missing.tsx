import type { ReactNode } from 'react';

/** Nothing here, or not for the reader: what that means, and where to go. */
export function Missing({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <section className="card empty">
      <p className="will">{title}</p>
      <p>{text}</p>
      {children}
    </section>
  );
}
