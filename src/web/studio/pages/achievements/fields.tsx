import { useState } from 'react';
import { Area, type Option, Select, Text } from '../../ui/Field.tsx';
import { usePlace } from './editing.ts';

/** Label and help, as the catalogue has them. */
export type Words = readonly string[];

interface AtProps {
  pointer: string;
  words: Words;
}

const spoken = ([label = '', help = '']: Words) => (help === '' ? { label } : { label, help });

/** One line of text at a place of the document. */
export function TextAt({
  pointer,
  words,
  maxLength = 1000,
  type,
  dir,
}: AtProps & { maxLength?: number; type?: 'url'; dir?: 'ltr' }) {
  const { id, text, fault, write } = usePlace(pointer);
  return (
    <Text
      id={id}
      {...spoken(words)}
      fault={fault}
      value={text}
      onChange={write}
      maxLength={maxLength}
      {...(type && { type })}
      {...(dir && { dir })}
    />
  );
}

/** Several lines of text at a place of the document. */
export function AreaAt({ pointer, words, rows = 3 }: AtProps & { rows?: number }) {
  const { id, text, fault, write } = usePlace(pointer);
  return <Area id={id} {...spoken(words)} fault={fault} value={text} onChange={write} rows={rows} maxLength={20_000} />;
}

/** One of several terms at a place of the document; a term that the list lacks stays to be chosen. */
export function SelectAt({ pointer, words, options }: AtProps & { options: readonly Option[] }) {
  const { id, text, fault, write } = usePlace(pointer);
  const all = options.some(([value]) => value === text) ? options : [...options, [text, text] as const];
  return <Select id={id} {...spoken(words)} fault={fault} value={text} onChange={write} options={all} />;
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
  help?: string | undefined;
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
