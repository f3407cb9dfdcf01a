import type { JsonObject } from '../../../../core/json/json.ts';
import { Select, Text } from '../../ui/Field.tsx';
import { levelNames } from './edition.ts';
import { useTexts } from './texts.ts';

export interface ResultFieldProps {
  scale: JsonObject;
  value: string;
  fault: string | undefined;
  onChange(value: string): void;
}

/** A result on one scale: one of its levels, or what is written. */
export function ResultField({ scale, value, fault, onChange }: ResultFieldProps) {
  const texts = useTexts();
  const levels = levelNames(scale);
  const shared = { id: String(scale.id), label: String(scale.name ?? scale.id), fault, value, onChange };
  if (levels.length === 0) return <Text {...shared} />;
  const listed = levels.includes(value) || value === '' ? levels : [value, ...levels];
  return (
    <Select {...shared} options={[['', texts.noResult], ...listed.map((level): [string, string] => [level, level])]} />
  );
}
