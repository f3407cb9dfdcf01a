import { formatNumber } from '../../texts/language.ts';

export interface ChipsProps<Value extends string> {
  /** Names the row. */
  label: string;
  chips: readonly { value: Value; label: string; count?: number }[];
  chosen: Value;
  onChoose(value: Value): void;
}

/** A filter with its counts: one is chosen. */
export function Chips<Value extends string>({ label, chips, chosen, onChoose }: ChipsProps<Value>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that is seen
    <div className="chips" role="group" aria-label={label}>
      {chips.map(({ value, label, count }) => (
        <button
          type="button"
          className="chip"
          key={value}
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
        >
          {label}
          {count !== undefined && <span className="num"> {formatNumber(count)}</span>}
        </button>
      ))}
    </div>
  );
}
