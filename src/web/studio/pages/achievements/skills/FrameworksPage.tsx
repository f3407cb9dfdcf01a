import { useState } from 'react';
import { fill, formatDate, formatNumber } from '../../../../texts/language.ts';
import { useIssuer, useMay } from '../../../issuer.ts';
import { useIssuerChange, useIssuerQuery } from '../../../queries.ts';
import { Confirm } from '../../../ui/Confirm.tsx';
import { IssuerLink } from '../../../ui/IssuerLink.tsx';
import { Table } from '../../../ui/ListTable.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Missing } from '../../../ui/Missing.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { useToast } from '../../../ui/Toasts.tsx';
import '../author.css';
import { Import } from './Import.tsx';
import { useSkillTexts } from './texts.ts';

export interface Framework {
  id: string;
  name: string;
  uri: string | null;
  source: 'case' | 'csv';
  items: number;
  /** Whose it is: this issuer, or one above it. */
  issuer: string;
  createdAt: string;
}

/** The frameworks that authors search: bring one in, or take one out. */
export function Page() {
  const texts = useSkillTexts();
  const { name, slug } = useIssuer();
  const mayManage = useMay('manage');
  const list = useIssuerQuery<{ items: Framework[] }>('/skill-frameworks');
  const [leaving, setLeaving] = useState<Framework | null>(null);
  return (
    <>
      <PageHead
        title={texts.frameworks}
        within={name}
        kicker={<IssuerLink to="/achievements">{texts.toAchievements}</IssuerLink>}
        lead={texts.lead}
      />
      <div className="author-cols">
        <Loaded query={list} what={texts.what}>
          {({ items }) =>
            items.length === 0 ? (
              <Missing title={texts.empty} text={texts.emptyMeaning} />
            ) : (
              <div className="card list-table">
                <Table
                  caption={texts.caption}
                  items={items}
                  keyOf={({ id }) => id}
                  columns={[
                    { head: texts.name, names: true, cell: (framework) => <bdi>{framework.name}</bdi> },
                    { head: texts.items, numeric: true, cell: ({ items }) => formatNumber(items) },
                    { head: texts.source, cell: ({ source }) => texts.sources[source] },
                    { head: texts.since, cell: ({ createdAt }) => formatDate(createdAt.slice(0, 10)) },
                    {
                      head: texts.of,
                      cell: (framework) =>
                        framework.issuer === slug && mayManage ? (
                          <button type="button" className="btn" onClick={() => setLeaving(framework)}>
                            {texts.remove.act}
                            <span className="vh"> {framework.name}</span>
                          </button>
                        ) : (
                          <bdi>{framework.issuer}</bdi>
                        ),
                    },
                  ]}
                />
              </div>
            )
          }
        </Loaded>
        {mayManage ? <Import /> : <p className="small muted">{texts.import.mayNot}</p>}
      </div>
      {leaving !== null && <Remove framework={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}

function Remove({ framework: { id, name, items }, onClose }: { framework: Framework; onClose(): void }) {
  const { remove: texts, what } = useSkillTexts();
  const found = useIssuerQuery<{ uses: { name: string }[] }>(`/skill-frameworks/${id}`);
  const change = useIssuerChange();
  const toast = useToast();
  return (
    <Confirm
      title={fill(texts.title, { name })}
      act={texts.act}
      keep={texts.keep}
      danger
      onAct={async (reason) => {
        await change.mutateAsync({ path: `/skill-frameworks/${id}/remove`, body: { reason } });
        toast(texts.done);
      }}
      onClose={onClose}
    >
      <p>{fill(texts.meaning, { count: items })}</p>
      <Loaded query={found} what={what}>
        {({ uses }) => (
          <p>
            {uses.length === 0
              ? texts.usesNone
              : fill(texts.uses, { names: [...new Set(uses.map((use) => use.name))].join(', ') })}
          </p>
        )}
      </Loaded>
    </Confirm>
  );
}
