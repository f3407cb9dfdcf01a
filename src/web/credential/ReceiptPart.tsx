import type { Assessment } from '../../core/assess.ts';
import type { FrameworkReport } from '../../core/framework/report.ts';
import { fill, formatDate, texts } from '../texts/language.ts';
import { Icon } from '../ui/Icon.tsx';
import { printOnly } from '../ui/printing.ts';
import { saveFile } from '../ui/save-file.ts';
import { buildReceipt, type CheckedWith, receiptName } from './receipt.ts';

export interface ReceiptPartProps {
  /** As it was made: a receipt is the same in every language of the page. */
  assessment: Assessment;
  /** Its rules, titled in the language of the page. */
  pack: FrameworkReport['pack'] | null;
  checkedWith: CheckedWith;
}

/** When and with what the check was made, and the check to keep: as a file, or on paper. */
export function ReceiptPart({ assessment, pack, checkedWith }: ReceiptPartProps) {
  const { name, sha256, version, sources } = checkedWith;
  const save = () =>
    saveFile(receiptName(name), JSON.stringify(buildReceipt(assessment, checkedWith), null, 2), 'application/json');
  return (
    <section className="part pad">
      <h3>{texts.receipt}</h3>
      <dl className="facts">
        <div>
          <dt>{texts.receiptWhen}</dt>
          <dd>{formatDate(assessment.verification.checkedAt)}</dd>
        </div>
        <div>
          <dt>{texts.receiptGiven}</dt>
          <dd>
            <bdi>{name}</bdi>
            {sha256 !== null && (
              <p className="small muted">
                {texts.receiptDigest}{' '}
                <code className="path" dir="ltr">
                  {sha256}
                </code>
              </p>
            )}
          </dd>
        </div>
        <div>
          <dt>{texts.receiptLists}</dt>
          <dd>
            {sources.length === 0 && texts.noSource}
            {sources.map((source) => (
              <p key={source.name}>
                <bdi>{fill(texts.receiptList, { name: source.name, date: formatDate(source.date) })}</bdi>
              </p>
            ))}
          </dd>
        </div>
        <div>
          <dt>{texts.receiptRules}</dt>
          <dd>
            {pack !== null && <p>{fill(texts.pack, { title: pack.title, version: pack.version })}</p>}
            <p>{version === null ? texts.product : fill(texts.receiptSoftware, { version })}</p>
          </dd>
        </div>
      </dl>
      <p className="small muted">{texts.receiptNote}</p>
      <div className="row noprint">
        <button type="button" className="btn" onClick={save}>
          <Icon name="down" />
          {texts.receiptSave}
        </button>
        <button
          type="button"
          className="btn"
          onClick={({ currentTarget }) => {
            const result = currentTarget.closest('.result');
            if (result !== null) printOnly(result);
          }}
        >
          <Icon name="print" />
          {texts.receiptPrint}
        </button>
      </div>
    </section>
  );
}
