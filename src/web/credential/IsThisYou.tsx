import { type FormEvent, useId, useRef, useState } from 'react';
import type { CredentialView } from '../../core/credential/types.ts';
import type { Outcome } from '../../core/finding.ts';
import { isJsonObject, toList } from '../../core/json/json.ts';
import { texts } from '../texts/language.ts';
import { Icon } from '../ui/Icon.tsx';
import { looks } from './outcome.ts';
import { subjectOf } from './read.ts';

type Kind = 'emailAddress' | 'id';

/** What a comparison can end in, and how that looks. */
const ends = {
  youEmpty: 'failed',
  youNotNamed: 'cannot-tell',
  youMatch: 'passed',
  youMatchUnverified: 'cannot-tell',
  youNoMatch: 'failed',
} satisfies Record<string, Outcome>;

/** Compares an e-mail address or id with the one that the credential was issued to, often only a digest. In this browser. */
export function IsThisYou({ credential, verified }: { credential: CredentialView; verified: boolean }) {
  const [kind, setKind] = useState<Kind>('emailAddress');
  const [answer, setAnswer] = useState<keyof typeof ends | null>(null);
  const id = useId();
  const asked = useRef(0);

  const forget = () => {
    asked.current += 1;
    setAnswer(null);
  };
  const compare = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    asked.current += 1;
    const mine = asked.current;
    const value = String(new FormData(event.currentTarget).get('person') ?? '').trim();
    if (value === '') return setAnswer('youEmpty');
    if (!names(credential, kind)) return setAnswer('youNotNamed');
    const { matchHere } = await import('../verify-here.ts');
    const matches = await matchHere(credential, { type: kind, value });
    // Somebody typed on while it was compared: the answer is about what no longer stands there.
    if (asked.current !== mine) return;
    setAnswer(!matches ? 'youNoMatch' : verified ? 'youMatch' : 'youMatchUnverified');
  };
  const isEmpty = answer === 'youEmpty';
  return (
    <section className="part pad noprint">
      <h3>{texts.you}</h3>
      <form className="you" noValidate onSubmit={compare}>
        <fieldset className="seg">
          <legend className="vh">{texts.youKind}</legend>
          {(['emailAddress', 'id'] as const).map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="kind"
                checked={kind === one}
                onChange={() => {
                  setKind(one);
                  forget();
                }}
              />
              {texts.youKinds[one]}
            </label>
          ))}
        </fieldset>
        <div className={isEmpty ? 'field bad' : 'field'}>
          <label htmlFor={id}>{texts.youLabels[kind]}</label>
          <p className="help" id={`${id}-help`}>
            {texts.youHelp}
          </p>
          <div className="paste">
            <input
              id={id}
              name="person"
              className="input"
              type="text"
              dir="ltr"
              autoComplete="off"
              spellCheck={false}
              inputMode={kind === 'emailAddress' ? 'email' : 'text'}
              aria-describedby={`${id}-help ${id}-answer`}
              aria-invalid={isEmpty || undefined}
              onChange={forget}
            />
            <button type="submit" className="btn">
              {texts.youCompare}
            </button>
          </div>
          <output id={`${id}-answer`} htmlFor={id}>
            {answer !== null && (
              <span className="said">
                <Icon name={looks[ends[answer]].icon} className={looks[ends[answer]].tone} />
                <span>{answer === 'youNotNamed' ? texts.youNotNamed[kind] : texts[answer]}</span>
              </span>
            )}
          </output>
        </div>
      </form>
    </section>
  );
}

/** Does the credential name anybody in this way at all? */
function names(credential: CredentialView, kind: Kind): boolean {
  const subject = subjectOf(credential);
  if (kind === 'id') return typeof subject?.id === 'string';
  return toList(subject?.identifier).some((one) => isJsonObject(one) && one.identityType === 'emailAddress');
}
