import { type ReactNode, useState } from 'react';
import { Area, type Option, Select, Text } from '../../ui/Field.tsx';
import type { ReviewComment } from './draft.ts';
import { usePlace } from './editing.ts';

/** Label and help, as the catalogue has them. */
export type Words = readonly string[];

interface AtProps {
  pointer: string;
  words: Words;
}

/** The help of a field, and what a review asks of it. */
export function helpWith(help: string | undefined, comments: readonly ReviewComment[]): ReactNode {
  if (comments.length === 0) return help === '' ? undefined : help;
  return (
    <>
      {help}
      {comments.map(({ id, text, by }) => (
        <span className="asked" key={id} dir="auto">
          {by !== null && <b>{by}: </b>}
          {text}
        </span>
      ))}
    </>
  );
}

/** What every field of a place has: its id, its words, what a review asks of it, and its fault. */
export function fieldAt({ id, fault, comments }: ReturnType<typeof usePlace>, [label = '', help]: Words) {
  const shown = helpWith(help, comments);
  return { id, label, fault, ...(shown !== undefined && { help: shown }) };
}

/** One line of text at a place of the document. */
export function TextAt({
  pointer,
  words,
  maxLength = 1000,
  type,
  dir,
}: AtProps & { maxLength?: number; type?: 'url'; dir?: 'ltr' }) {
  const place = usePlace(pointer);
  return (
    <Text
      {...fieldAt(place, words)}
      value={place.text}
      onChange={place.write}
      maxLength={maxLength}
      {...(type && { type })}
      {...(dir && { dir })}
    />
  );
}

/** Several lines of text at a place of the document. */
export function AreaAt({ pointer, words, rows = 3 }: AtProps & { rows?: number }) {
  const place = usePlace(pointer);
  return <Area {...fieldAt(place, words)} value={place.text} onChange={place.write} rows={rows} maxLength={20_000} />;
}

/** One of several terms at a place of the document; a term that the list lacks stays to be chosen. */
export function SelectAt({ pointer, words, options }: AtProps & { options: readonly Option[] }) {
  const place = usePlace(pointer);
  const { text, write } = place;
  const all = options.some(([value]) => value === text) ? options : [...options, [text, text] as const];
  return <Select {...fieldAt(place, words)} value={text} onChange={write} options={all} />;
}

/** A list of texts as one text; what was typed stays as it was typed while it means the same list. */
export function ListText({
  items,
  separator,
  onChange,
  ...field
}: {
  id?: string;
  label: string;
  help?: ReactNode;
  fault?: string | undefined;
  items: readonly string[];
  separator: ',' | '\n';
  onChange(items: string[]): void;
}) {
  const [typed, setTyped] = useState('');
  const read = (text: string) => text.split(separator).flatMap((item) => item.trim() || []);
  const isSame = read(typed).join('\n') === items.join('\n');
  const Control = separator === ',' ? Text : Area;
  return (
    <Control
      {...field}
      value={isSame ? typed : items.join(separator === ',' ? ', ' : '\n')}
      maxLength={20_000}
      onChange={(text) => {
        setTyped(text);
        onChange(read(text));
      }}
    />
  );
}

/** What a review asks about a part that holds several fields. */
export function CommentsAt({ pointer }: { pointer: string }) {
  const { comments } = usePlace(pointer);
  return comments.length === 0 ? null : <div className="small">{helpWith(undefined, comments)}</div>;
}
