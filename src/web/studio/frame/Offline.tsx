import { useSyncExternalStore } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import { useStudioTexts } from '../texts/index.ts';

function subscribe(changed: () => void): () => void {
  for (const event of ['online', 'offline']) addEventListener(event, changed);
  return () => {
    for (const event of ['online', 'offline']) removeEventListener(event, changed);
  };
}

/** Says that there is no network, for as long as there is none. */
export function Offline() {
  const texts = useStudioTexts();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!online && (
        <div className="note unsure">
          <Icon name="unsure" className="unsure" />
          <p>
            <b>{texts.offline}</b> {texts.offlineMeaning}
          </p>
        </div>
      )}
    </div>
  );
}
