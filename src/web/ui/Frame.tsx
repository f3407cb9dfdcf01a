import type { ReactNode } from 'react';
import { Sprite } from './Sprite.tsx';

export interface FrameProps {
  name: string;
  home: string;
  skip: string;
  foot: string;
  /** Stands at the end of the bar. */
  aside?: ReactNode;
  children: ReactNode;
}

const outlines = ['authentic', 'current', 'issuer', 'class', 'level'] as const;

/** Bar, content and foot of every page. */
export function Frame({ name, home, skip, foot, aside, children }: FrameProps) {
  return (
    <>
      <a className="skip" href="#main">
        {skip}
      </a>
      <Sprite />
      <header className="bar">
        <div className="wrap">
          <a className="brand" href={home}>
            <svg viewBox="0 0 252 48" aria-hidden="true" fill="currentColor">
              {outlines.map((outline, index) => (
                <use key={outline} href={`#s-${outline}`} x={index * 51} width="48" height="48" />
              ))}
            </svg>
            <span>{name}</span>
          </a>
          {aside}
        </div>
      </header>
      <main id="main" className="wrap" tabIndex={-1}>
        {children}
      </main>
      <footer className="foot">
        <div className="wrap">
          <p>{foot}</p>
        </div>
      </footer>
    </>
  );
}
