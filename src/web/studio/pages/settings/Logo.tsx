import { useRef, useState } from 'react';
import { useIssuerChange } from '../../queries.ts';
import { Problem } from '../../ui/Problem.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { useTexts } from './texts.ts';

/** The logo: a picture that this service keeps. It belongs to the profile once that is saved. */
export function Logo({ address, onChange }: { address: string; onChange(address: string): void }) {
  const texts = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const toast = useToast();
  const latest = useRef(onChange);
  latest.current = onChange;
  const [error, setError] = useState<unknown>(null);
  const { mutateAsync, isPending } = useIssuerChange<{ id: string }>();
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    setError(null);
    try {
      const { id } = await mutateAsync({ path: '/images', body: file });
      onChange(id);
    } catch (error) {
      setError(error);
    }
  };
  // Those from elsewhere would tell others who looks.
  const path = /\/images\/[0-9a-f]{64}\.(png|jpg|svg)$/.exec(address)?.[0];
  return (
    <div className="field">
      <p className="label" id="logo-label">
        {texts.logo}
      </p>
      <p className="help" id="logo-help">
        {texts.logoHelp}
      </p>
      {path !== undefined && <img className="logo" src={path} alt={texts.logoAlt} />}
      {path === undefined && address !== '' && <code dir="ltr">{address}</code>}
      <div className="row">
        <input
          ref={input}
          type="file"
          hidden
          accept="image/png,image/jpeg,image/svg+xml"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <button
          type="button"
          className="btn"
          aria-describedby="logo-help"
          aria-disabled={isPending}
          onClick={() => input.current?.click()}
        >
          {address === '' ? texts.chooseLogo : texts.otherLogo}
        </button>
        {address !== '' && (
          <button
            type="button"
            className="btn plain"
            onClick={() => {
              onChange('');
              toast(texts.logoRemoved, () => latest.current(address));
            }}
          >
            {texts.removeLogo}
          </button>
        )}
      </div>
      {error !== null && <Problem error={error} />}
    </div>
  );
}
