import type { HistoryEntry } from '../../../../server/credential/history.ts';
import type { ShownCredential } from '../../../../server/credential/routes.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { useTexts } from './texts.ts';

/** Only where a receiver's answer changed, or something is open. */
const icons: Record<string, string> = {
  'credential.issue': 'passed',
  'credential.reissue': 'passed',
  'credential.reinstate': 'passed',
  'credential.revoke': 'failed',
  'credential.suspend': 'failed',
  'credential.supersede': 'failed',
  'dispute.open': 'unsure',
};

/** What happened to it, the newest first. */
export function History({ credential }: { credential: ShownCredential }) {
  const texts = useTexts();
  return (
    <section className="card pad" aria-labelledby="history">
      <h2 id="history">{texts.history}</h2>
      <ol className="history">
        {credential.history.map((entry) => (
          <Entry key={`${entry.at} ${entry.action} ${entry.entry}`} entry={entry} credential={credential} />
        ))}
      </ol>
      <p className="small muted">{texts.noReceivers}</p>
    </section>
  );
}

function Entry({ entry, credential }: { entry: HistoryEntry; credential: ShownCredential }) {
  const texts = useTexts();
  const icon = icons[entry.action];
  const words: Record<string, string> = texts.actions;
  const who = entry.byLearner ? texts.byLearner : entry.who;
  const fromList = entry.action === 'credential.issue' && credential.roster !== null;
  return (
    <li>
      {icon === undefined ? <span className="dot" aria-hidden="true" /> : <Icon name={icon} className={icon} />}
      <div>
        <p className="t">{words[entry.action] ?? entry.action}</p>
        <p className="d">
          {formatDate(`${entry.at.slice(0, 16)}Z`)}
          {who !== null && (
            <>
              . <bdi>{who}</bdi>
            </>
          )}
          {entry.reason !== '' && (
            <>
              : “<bdi>{entry.reason}</bdi>”
            </>
          )}
          {'. '}
          {fromList && credential.rosterName !== null && (
            <>
              {texts.inList}{' '}
              <IssuerLink to={`/issue/${credential.roster}`}>
                <bdi>{credential.rosterName}</bdi>
              </IssuerLink>{' '}
            </>
          )}
          {entry.entry !== null && <span className="muted nowrap">{fill(texts.entry, { number: entry.entry })}</span>}
        </p>
      </div>
    </li>
  );
}
