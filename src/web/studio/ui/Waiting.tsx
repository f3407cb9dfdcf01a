import { useEffect, useState } from 'react';

/** Nothing for a second, then the shape of what comes, and a sentence. Nothing moves. */
export function Waiting({ sentence, rows = 3 }: { sentence: string; rows?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 1000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="waiting" role="status" aria-busy="true">
      {late && (
        <>
          <p>{sentence}</p>
          {Array.from({ length: rows }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: all the same
            <span className="skel" key={index} aria-hidden="true" />
          ))}
        </>
      )}
    </div>
  );
}
