import './issue.css';
import { useState } from 'react';
import type { Issuable } from '../../../../server/achievement/issuable.ts';
import { useIssuer } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { useIssuerQuery } from '../../queries.ts';
import { Select } from '../../ui/Field.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Missing } from '../../ui/Missing.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { ChooseFile } from './ChooseFile.tsx';
import type { TableFile } from './file.ts';
import { ReadList } from './ReadList.tsx';
import { Steps } from './Steps.tsx';
import { useTexts } from './texts.ts';

/** From a file to a dry run: achievement, file, columns, options. */
export function Page() {
  const { name } = useIssuer();
  const texts = useTexts();
  const issuable = useIssuerQuery<{ items: Issuable[] }>('/issuable');
  const [file, setFile] = useState<TableFile | null>(null);
  const asked = new URLSearchParams(location.search).get('achievement') ?? '';
  const [chosen, setChosen] = useKept('issue.achievement', '');
  return (
    <>
      <PageHead title={texts.listTitle} within={name} lead={texts.listLead} />
      <Steps current={file === null ? 0 : 1} />
      <Loaded query={issuable} what={texts.achievementsWhat}>
        {({ items }) => {
          const achievement = items.find(({ id }) => id === (chosen || asked))?.id ?? items[0]?.id;
          if (achievement === undefined)
            return (
              <Missing title={texts.nothingToIssue} text={texts.nothingToIssueMeaning}>
                <IssuerLink to="/" className="btn">
                  {texts.toStart}
                </IssuerLink>
              </Missing>
            );
          return (
            <div className="stack-2">
              <section className="card pad stack-2" aria-labelledby="from">
                <h2 id="from">{texts.from}</h2>
                <Select
                  label={texts.achievement}
                  value={achievement}
                  onChange={setChosen}
                  options={items.map((item) => [item.id, item.name])}
                />
                <ChooseFile file={file} onFile={setFile} />
              </section>
              {file !== null && <ReadList key={achievement} achievement={achievement} file={file} />}
            </div>
          );
        }}
      </Loaded>
    </>
  );
}
