import { isJsonObject, toList } from '../../../../core/json/json.ts';
import { fill, formatMoment } from '../../../texts/language.ts';
import { type GridColumn, type GridRowCells, type GridRules, isEmptyRow, readRow } from './grid.ts';
import { useTexts } from './texts.ts';

/** How the service will understand what was typed: results on their scales, dates in the issuer's zone. */
export function WillReadAs({ row, rules }: { row: GridRowCells; rules: GridRules }) {
  const texts = useTexts();
  if (isEmptyRow(row)) return null;
  const learner = readRow(row, rules);
  if (learner === null) return <span className="small muted">{texts.mendFirst}</span>;
  const scales = rules.columns.flatMap(({ scale }) => scale ?? []);
  const results = (learner.result ?? []).flatMap((result) => {
    const scale = scales.find(({ description }) => description.id === result.resultDescription);
    const level = scale && levelOf(scale, result.achievedLevel);
    const said = level ? fill(texts.levelOf, level) : String(result.value ?? result.status ?? '');
    return scale === undefined || said === '' ? [] : [`${scale.name}: ${said}`];
  });
  const dates = (['awardedDate', 'validUntil'] as const).flatMap((name) => {
    const moment = learner[name];
    return moment === undefined ? [] : [`${texts.gridColumns[name]}: ${formatMoment(moment, rules.timeZone)}`];
  });
  return (
    <ul className="small">
      {[...results, ...dates].map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function levelOf({ levels, description }: NonNullable<GridColumn['scale']>, id: unknown) {
  const place = toList(description.rubricCriterionLevel)
    .filter(isJsonObject)
    .findIndex((level) => level.id === id);
  return place < 0 ? null : { level: levels[place] ?? '', place: place + 1, of: levels.length };
}
