import type { Issuable } from '../../../../server/achievement/issuable.ts';
import type { ShownRoster } from '../../../../server/roster/routes.ts';
import { useIssuerQuery } from '../../queries.ts';
import { Chips } from '../../ui/Chips.tsx';
import { Select, Text } from '../../ui/Field.tsx';
import type { Filter } from './filter.ts';
import { useTexts } from './texts.ts';

const states = ['active', 'suspended', 'revoked', 'superseded'] as const;
const claims = ['waiting', 'accepted', 'declined'] as const;

/** Which credentials are shown: by state, achievement, list, answer of the learner, and dates. */
export function Filters({ filter, onChange }: { filter: Filter; onChange(filter: Filter): void }) {
  const texts = useTexts();
  const achievements = useIssuerQuery<{ items: Issuable[] }>('/issuable');
  const rosters = useIssuerQuery<{ items: ShownRoster[] }>('/rosters?limit=200');
  const set = (name: keyof Filter) => (value: string) => onChange({ ...filter, [name]: value });
  const any: [string, string] = ['', texts.any];
  return (
    <section className="card pad stack" aria-label={texts.filter}>
      <Chips
        label={texts.state}
        chosen={filter.state ?? ''}
        onChoose={set('state')}
        chips={[
          { value: '', label: texts.allStates },
          ...states.map((value) => ({ value, label: texts.states[value] })),
        ]}
      />
      <div className="filters">
        <Select
          label={texts.achievement}
          value={filter.achievement ?? ''}
          onChange={set('achievement')}
          options={[any, ...(achievements.data?.items ?? []).map(({ id, name }): [string, string] => [id, name])]}
        />
        <Select
          label={texts.list}
          value={filter.roster ?? ''}
          onChange={set('roster')}
          options={[any, ...(rosters.data?.items ?? []).map(({ id, name }): [string, string] => [id, name])]}
        />
        <Select
          label={texts.claim}
          value={filter.claim ?? ''}
          onChange={set('claim')}
          options={[any, ...claims.map((value): [string, string] => [value, texts.claimStates[value]])]}
        />
        <Select
          label={texts.test}
          value={filter.test ?? ''}
          onChange={set('test')}
          options={[any, ['yes', texts.testOnly], ['no', texts.realOnly]]}
        />
        <Text label={texts.issuedFrom} type="date" value={filter.issuedFrom ?? ''} onChange={set('issuedFrom')} />
        <Text label={texts.issuedBefore} type="date" value={filter.issuedBefore ?? ''} onChange={set('issuedBefore')} />
      </div>
    </section>
  );
}
