import { useId } from 'react';

export interface LanguageSwitchProps {
  label: string;
  /** Code and name of each, the name in the language itself. */
  languages: readonly (readonly [code: string, name: string])[];
  chosen: string;
  onChoose(code: string): void;
}

/** One choice among few, always in view: somebody who cannot read the page has to find it. */
export function LanguageSwitch({ label, languages, chosen, onChoose }: LanguageSwitchProps) {
  const name = useId();
  return (
    <fieldset className="seg language" aria-label={label}>
      {languages.map(([code, text]) => (
        <label key={code} lang={code}>
          <input type="radio" name={name} checked={code === chosen} onChange={() => onChoose(code)} />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
