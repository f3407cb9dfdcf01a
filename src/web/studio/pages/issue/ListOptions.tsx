import { fill } from '../../../texts/language.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { Area, Check, Choices, Text } from '../../ui/Field.tsx';
import { useTexts } from './texts.ts';

export interface Options {
  validFrom: string;
  validUntil: string;
  duplicates: 'refuse' | 'allow';
  belowPassMark: boolean;
  belowReason: string;
}
export const noOptions: Options = {
  validFrom: '',
  validUntil: '',
  duplicates: 'refuse',
  belowPassMark: false,
  belowReason: '',
};

/** What the service is asked. */
export function optionsQuery({
  validFrom,
  validUntil,
  duplicates,
  belowPassMark,
  belowReason,
}: Options): [string, string][] {
  return [
    ['duplicates', duplicates],
    ...(validFrom === '' ? [] : [['validFrom', validFrom] as [string, string]]),
    ...(validUntil === '' ? [] : [['validUntil', validUntil] as [string, string]]),
    ...(belowPassMark ? [['allowBelowPassMark', belowReason.trim()] as [string, string]] : []),
  ];
}

export interface ListOptionsProps {
  options: Options;
  onChange(options: Options): void;
  /** In which dates without a zone are read. */
  timeZone: string;
  /** The reason was not given when the list was to be read. */
  missing: boolean;
}

/** What holds for every row of a list that says nothing else. */
export function ListOptions({ options, onChange, timeZone, missing }: ListOptionsProps) {
  const texts = useTexts();
  const shared = useStudioTexts();
  const change = (part: Partial<Options>) => onChange({ ...options, ...part });
  return (
    <div className="form">
      <div className="pair">
        <Text
          label={texts.validFrom}
          help={fill(texts.validFromHelp, { zone: timeZone })}
          type="date"
          value={options.validFrom}
          onChange={(validFrom) => change({ validFrom })}
        />
        <Text
          label={texts.validUntil}
          help={fill(texts.validUntilHelp, { zone: timeZone })}
          type="date"
          value={options.validUntil}
          onChange={(validUntil) => change({ validUntil })}
        />
      </div>
      <Choices
        legend={texts.duplicates}
        value={options.duplicates}
        choices={[
          { value: 'refuse', label: texts.duplicatesRefuse, help: texts.duplicatesRefuseHelp },
          { value: 'allow', label: texts.duplicatesAllow, help: texts.duplicatesAllowHelp },
        ]}
        onChange={(duplicates) => change({ duplicates })}
      />
      <Check
        label={texts.belowPassMark}
        help={texts.belowPassMarkHelp}
        checked={options.belowPassMark}
        onChange={(belowPassMark) => change({ belowPassMark })}
      />
      {options.belowPassMark && (
        <Area
          label={texts.belowReason}
          help={shared.reasonHelp}
          fault={missing ? shared.reasonMissing : undefined}
          value={options.belowReason}
          maxLength={1000}
          onChange={(belowReason) => change({ belowReason })}
        />
      )}
    </div>
  );
}
