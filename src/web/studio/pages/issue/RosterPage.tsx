import './issue.css';
import { useParams } from '@tanstack/react-router';
import { fill } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { DryRun } from './DryRun.tsx';
import { Job } from './Job.tsx';
import { useRoster } from './progress.ts';
import { Steps } from './Steps.tsx';
import { useTexts } from './texts.ts';

/** One list: its dry run until it is started, then the job. */
export function Page() {
  const { name } = useIssuer();
  const texts = useTexts();
  const { roster: id } = useParams({ strict: false });
  const roster = useRoster(id ?? '');
  const { data } = roster;
  return (
    <>
      <PageHead
        title={data?.name ?? texts.list}
        within={name}
        kicker={data && fill(texts.achievementVersion, { name: data.achievementName, version: data.version })}
      />
      <Loaded query={roster} what={texts.listWhat} rows={6}>
        {(found) => (
          <>
            <Steps current={found.state === 'ready' ? 2 : 3} />
            {found.state === 'ready' ? <DryRun roster={found} /> : <Job roster={found} />}
          </>
        )}
      </Loaded>
    </>
  );
}
