import { useLayoutEffect, useRef } from 'react';
import { fill } from '../../texts/language.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useStudioTexts } from '../texts/index.ts';
import { reveal } from './reveal.ts';

/** How many fields need a look, each a link; it takes the focus when the form was sent. `attempt` counts the sendings. */
export function FormFaults({ faults, attempt }: { faults: readonly { id: string; label: string }[]; attempt: number }) {
  const texts = useStudioTexts();
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each sending
  useLayoutEffect(() => box.current?.focus(), [attempt]);
  if (faults.length === 0) return null;
  return (
    <div className="note failed" role="alert" tabIndex={-1} ref={box}>
      <Icon name="failed" className="failed" />
      <p>
        <b>{fill(texts.fieldsNeedALook, { count: faults.length })}</b>{' '}
        {faults.map(({ id, label }, index) => (
          <span key={id}>
            {index > 0 && ', '}
            <a
              href={`#${id}`}
              onClick={(event) => {
                event.preventDefault();
                reveal(document.getElementById(id));
              }}
            >
              {label}
            </a>
          </span>
        ))}
      </p>
    </div>
  );
}
