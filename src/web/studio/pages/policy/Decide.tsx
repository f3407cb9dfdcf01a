import { useState } from 'react';
import type { PolicyChange, PolicyName } from '../../../../server/policy/policy.ts';
import type { ShownPolicy } from '../../../../server/policy/routes.ts';
import { fill } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { useIssuerChange } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Area, Choices, Select, Text } from '../../ui/Field.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { fromForm, kinds, toForm } from './decisions.ts';
import { Meaning } from './Meaning.tsx';
import { useTexts } from './texts.ts';
import { sourceWords, valueWords } from './words.ts';

type Source = 'above' | 'own' | 'never';

/** Decide one thing, or leave it to what comes from above: what that means is shown before. */
export function Decide({ name, of, onClose }: { name: PolicyName; of: ShownPolicy; onClose(): void }) {
  const texts = useTexts();
  const toast = useToast();
  const { mutateAsync } = useIssuerChange();
  const canBeNever = kinds[name] === 'days';
  const { slug } = useIssuer();
  const [initial] = useState(() => ({
    source: (canBeNever && of.policy[name] === null ? 'never' : 'own') as Source,
    text: toForm(name, of.policy[name]),
  }));
  const [{ source, text }, setForm, clear] = useKept(`policy.${slug}.${name}`, initial);
  const [attempted, setAttempted] = useState(false);
  const [title = ''] = texts.names[name];
  const own = fromForm(name, text);
  const wanted: PolicyChange[PolicyName] = source === 'above' ? null : source === 'never' ? 'never' : own;
  return (
    <Confirm
      title={fill(texts.title, { name: title })}
      act={texts.act}
      onClose={() => {
        clear();
        onClose();
      }}
      onAct={async (reason) => {
        setAttempted(true);
        if (wanted === undefined) return false;
        await mutateAsync({ method: 'PUT', path: '/policy', body: { change: { [name]: wanted }, reason } });
        toast(texts.decided);
        return true;
      }}
    >
      <Choices<Source>
        legend={texts.source}
        value={source}
        onChange={(source) => setForm({ source, text })}
        choices={[
          { value: 'own', label: texts.own },
          ...(canBeNever ? [{ value: 'never' as const, label: texts.ownNever }] : []),
          {
            value: 'above',
            label: texts.above,
            help: fill(texts.aboveValue, {
              value: valueWords(texts, name, of.inherited[name]),
              source: sourceWords(texts, of, name),
            }),
          },
        ]}
      />
      {source === 'own' && (
        <Value
          name={name}
          text={text}
          onChange={(text) => setForm({ source, text })}
          fault={attempted && own === undefined ? texts.valueFaults[kinds[name]] : undefined}
        />
      )}
      {wanted !== undefined && <Meaning name={name} wanted={wanted} of={of} />}
    </Confirm>
  );
}

interface ValueProps {
  name: PolicyName;
  text: string;
  fault: string | undefined;
  onChange(text: string): void;
}

function Value({ name, text, fault, onChange }: ValueProps) {
  const texts = useTexts();
  const field = { label: texts.value, value: text, onChange, fault };
  const choices: Record<string, Record<string, string>> = texts.values;
  switch (kinds[name]) {
    case 'choice':
      return <Select {...field} options={Object.entries(choices[name] ?? {})} />;
    case 'yes-no':
      return (
        <Select
          {...field}
          options={[
            ['true', texts.yes],
            ['false', texts.no],
          ]}
        />
      );
    case 'lines':
      return <Area {...field} rows={6} />;
    case 'days':
    case 'megabytes':
      return <Text {...field} type="number" />;
    case 'zone':
      return <Text {...field} dir="ltr" />;
  }
}
