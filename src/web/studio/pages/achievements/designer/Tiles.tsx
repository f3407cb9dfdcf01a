import { type ReactNode, useId } from 'react';
import { fill } from '../../../../texts/language.ts';
import { Text } from '../../../ui/Field.tsx';
import { isColour } from './contrast.ts';
import { useDesignerTexts } from './texts.ts';

/** One of few drawings: the whole tile is the target. */
export function Tiles<Value extends string>({
  legend,
  help,
  value,
  tiles,
  onChange,
}: {
  legend: string;
  help?: string;
  value: Value;
  tiles: readonly { value: Value; label: string; drawing: ReactNode }[];
  onChange(value: Value): void;
}) {
  const name = useId();
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      <div className="tiles">
        {tiles.map((tile) => (
          <label className="tile" key={tile.value}>
            <input type="radio" name={name} checked={tile.value === value} onChange={() => onChange(tile.value)} />
            {tile.drawing}
            <span>{tile.label}</span>
          </label>
        ))}
      </div>
      {help !== undefined && <p className="small muted">{help}</p>}
    </fieldset>
  );
}

/** One of few colours, each with its name, or another by its code. */
export function Colours({
  legend,
  value,
  colours,
  names,
  onChange,
}: {
  legend: string;
  value: string;
  colours: readonly string[];
  names: readonly string[];
  onChange(value: string): void;
}) {
  const texts = useDesignerTexts();
  const name = useId();
  return (
    <fieldset className="choices">
      <legend className="lab">{legend}</legend>
      <div className="row">
        {colours.map((colour, index) => (
          <label className="swatch" key={colour} style={{ background: colour }}>
            <input type="radio" name={name} checked={colour === value} onChange={() => onChange(colour)} />
            <span className="vh">{names[index]}</span>
          </label>
        ))}
      </div>
      <Text
        label={fill(texts.hex, { what: legend })}
        value={value}
        maxLength={7}
        dir="ltr"
        fault={isColour(value) ? undefined : texts.hexFault}
        onChange={onChange}
      />
    </fieldset>
  );
}
