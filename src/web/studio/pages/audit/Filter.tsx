import { type FormEvent, useState } from 'react';
import { Select, Text } from '../../ui/Field.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { useTexts } from './texts.ts';

const names = ['kind', 'actor', 'subject', 'from', 'until'] as const;

/** What of the log is wanted: it stands in the address. */
export type Asked = Partial<Record<(typeof names)[number], string>>;

/** What an address asks for; anything else in it is left alone. */
export function readAsked(search: Record<string, unknown>): Asked {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = search[name];
      return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [];
    }),
  );
}

/** The same as the API wants it: days are in UTC, and the last one is whole. */
export function toQuery({ from, until, ...asked }: Asked): string {
  const query = new URLSearchParams(asked);
  const day = (text: string, later: number) => {
    const time = Date.parse(`${text}T00:00:00Z`);
    return Number.isNaN(time) ? null : new Date(time + later).toISOString();
  };
  const [begin, end] = [day(from ?? '', 0), day(until ?? '', 86_400_000)];
  if (begin !== null) query.set('from', begin);
  if (end !== null) query.set('until', end);
  const text = query.toString();
  return text === '' ? '' : `&${text}`;
}

export function Filter({ asked, onAsk }: { asked: Asked; onAsk(asked: Asked): void }) {
  const texts = useTexts();
  const [form, setForm] = useState(asked);
  const change = (name: keyof Asked) => (value: string) => setForm({ ...form, [name]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAsk(Object.fromEntries(Object.entries(form).filter(([, value]) => value !== '')));
  };
  return (
    <form className="card pad filter" onSubmit={submit}>
      <Select
        label={texts.kind}
        value={form.kind ?? ''}
        onChange={change('kind')}
        options={[['', texts.allKinds], ...Object.entries(texts.kinds)]}
      />
      <Text type="date" label={texts.from} value={form.from ?? ''} onChange={change('from')} />
      <Text type="date" label={texts.until} value={form.until ?? ''} onChange={change('until')} />
      <div className="row">
        <button type="submit" className="btn">
          {texts.filter}
        </button>
        {Object.keys(asked).length > 0 && (
          <IssuerLink to="/audit" className="btn plain">
            {texts.clear}
          </IssuerLink>
        )}
      </div>
      <Chosen asked={asked} />
    </form>
  );
}

/** By whom and about what, where a name in the list was followed. */
function Chosen({ asked: { actor, subject } }: { asked: Asked }) {
  const texts = useTexts();
  const [before = '', after = ''] = texts.by.split('{name}');
  const [beforeAbout = '', afterAbout = ''] = texts.about.split('{name}');
  if (actor === undefined && subject === undefined) return null;
  return (
    <p className="small chosen">
      {actor !== undefined && (
        <>
          {before}
          <code dir="ltr">{actor}</code>
          {after}{' '}
        </>
      )}
      {subject !== undefined && (
        <>
          {beforeAbout}
          <code dir="ltr">{subject}</code>
          {afterAbout}
        </>
      )}
    </p>
  );
}
