import { useDeferredValue, useMemo, useState } from 'react';
import { buildReceipt } from '../../credential/receipt.ts';
import { fill, texts } from '../../texts/language.ts';
import { Icon } from '../../ui/Icon.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { nameOf } from './check.ts';
import { byRisk, type Group, groupOf, groups } from './order.ts';
import { ResultTable } from './ResultTable.tsx';
import { ShownResult, type ShownWith } from './ShownResult.tsx';
import { type Batch, isOpen } from './use-batch.ts';

/** So many results are shown in full; more of them as a table. */
const inFullAtMost = 4;

/** Results, what needs a look first, with a filter for each group when there are several. */
export function Results({ batch, shownWith }: { batch: Batch; shownWith: ShownWith }) {
  const [chosen, setChosen] = useState<Group | 'all'>('all');
  // While results come in the list may lag behind; never once all are there, and never into another batch.
  const lagging = useDeferredValue(batch.entries);
  const wasRunning = useDeferredValue(batch.running);
  const entries = batch.running && wasRunning ? lagging : batch.entries;
  const sorted = useMemo(() => byRisk(entries), [entries]);
  const isMany = batch.entries.length > inFullAtMost;
  const shown = useMemo(
    () => (chosen === 'all' || !isMany ? sorted : sorted.filter((entry) => groupOf(entry) === chosen)),
    [sorted, chosen, isMany],
  );
  return (
    <>
      {batch.entries.length > 1 && !batch.running && <Tools batch={batch} shownWith={shownWith} />}
      {isMany && sorted.length > 0 && (
        <fieldset className="chips noprint">
          <legend className="vh">{texts.filter}</legend>
          {(['all', ...groups] as const).map((group) => {
            const count = group === 'all' ? sorted.length : sorted.filter((entry) => groupOf(entry) === group).length;
            if (count === 0 && group !== chosen) return null;
            return (
              <button
                key={group}
                type="button"
                className="chip"
                aria-pressed={group === chosen}
                onClick={() => setChosen(group)}
              >
                {texts.groups[group]} <span className="num">{count}</span>
              </button>
            );
          })}
        </fieldset>
      )}
      {isMany && sorted.length > 0 && shown.length === 0 && <p className="small">{texts.noneInGroup}</p>}
      {isMany
        ? shown.length > 0 && <ResultTable entries={shown} shownWith={shownWith} />
        : shown.map((entry) => <ShownResult key={entry.id} entry={entry} shownWith={shownWith} />)}
      {isMany && !batch.running && <p className="small muted order">{texts.order}</p>}
    </>
  );
}

function Tools({ batch, shownWith }: { batch: Batch; shownWith: ShownWith }) {
  const open = batch.entries.filter(isOpen).length;
  const receipts = () =>
    batch.entries.flatMap(({ given, checked }) =>
      checked?.kind === 'assessed'
        ? [buildReceipt(checked.assessment, { name: nameOf(given), sha256: checked.sha256, ...shownWith })]
        : [],
    );
  const assessed = batch.entries.filter(({ checked }) => checked?.kind === 'assessed').length;
  return (
    <div className="row tools noprint">
      {open > 0 && (
        <button type="button" className="btn" onClick={batch.retry}>
          {open === 1 ? texts.retryOne : fill(texts.retryMany, { count: open })}
        </button>
      )}
      {assessed > 1 && (
        <button
          type="button"
          className="btn"
          onClick={() => saveFile('receipts.json', JSON.stringify(receipts(), null, 2), 'application/json')}
        >
          <Icon name="down" />
          {fill(texts.saveAll, { count: assessed })}
        </button>
      )}
    </div>
  );
}
