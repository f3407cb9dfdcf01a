import { useRef } from 'react';
import { fill } from '../../../texts/language.ts';
import { Area, Text } from '../../ui/Field.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import type { Accreditor } from './profile-form.ts';
import { useTexts } from './texts.ts';

const empty: Accreditor = { id: '', name: '', contactInstructions: '', url: '', accreditationDate: '', areaServed: '' };

export interface AccreditorsProps {
  value: readonly Accreditor[];
  onChange(value: Accreditor[]): void;
  faultOf(id: string): string | undefined;
}

/** Who accredits the issuer, by its own statement. */
export function Accreditors({ value, onChange, faultOf }: AccreditorsProps) {
  const texts = useTexts();
  const toast = useToast();
  const latest = useRef({ value, onChange });
  latest.current = { value, onChange };
  return (
    <section className="card pad" aria-labelledby="accreditation">
      <div className="form">
        <div>
          <h2 id="accreditation">{texts.accreditation}</h2>
          <p className="small muted">{texts.accreditationMeaning}</p>
        </div>
        {value.map((one, index) => {
          const at = (name: string) => `accreditor-${index}-${name}`;
          const change = (part: Partial<Accreditor>) =>
            onChange(value.map((other, place) => (place === index ? { ...other, ...part } : other)));
          const title = fill(texts.accreditor, { number: index + 1 });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are told apart by their place
            <fieldset key={index} className="part-form">
              <legend>{title}</legend>
              <Text
                id={at('name')}
                label={texts.accreditorName}
                value={one.name}
                maxLength={200}
                onChange={(name) => change({ name })}
                fault={faultOf(at('name'))}
              />
              <Area
                id={at('check')}
                label={texts.howToCheck}
                help={texts.howToCheckHelp}
                rows={2}
                value={one.contactInstructions}
                maxLength={1000}
                onChange={(contactInstructions) => change({ contactInstructions })}
                fault={faultOf(at('check'))}
              />
              <Text
                id={at('url')}
                label={texts.accreditorUrl}
                type="url"
                dir="ltr"
                value={one.url}
                maxLength={500}
                onChange={(url) => change({ url })}
                fault={faultOf(at('url'))}
              />
              <div className="pair">
                <Text
                  label={texts.date}
                  type="date"
                  value={one.accreditationDate}
                  onChange={(accreditationDate) => change({ accreditationDate })}
                />
                <Text
                  label={texts.area}
                  value={one.areaServed}
                  maxLength={200}
                  onChange={(areaServed) => change({ areaServed })}
                />
              </div>
              <button
                type="button"
                className="btn plain"
                onClick={() => {
                  onChange(value.filter((_, place) => place !== index));
                  toast(fill(texts.accreditorRemoved, { name: one.name.trim() || title }), () => {
                    const now = latest.current;
                    now.onChange(now.value.toSpliced(index, 0, one));
                  });
                }}
              >
                {fill(texts.removeAccreditor, { name: one.name.trim() || title })}
              </button>
            </fieldset>
          );
        })}
        <div className="row">
          <button type="button" className="btn" onClick={() => onChange([...value, empty])}>
            {texts.addAccreditor}
          </button>
        </div>
      </div>
    </section>
  );
}
