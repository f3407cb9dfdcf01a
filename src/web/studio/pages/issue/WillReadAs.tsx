import { useEffect, useState } from 'react';
import type { FrameworkReport } from '../../../../core/framework/report.ts';
import { translateReport } from '../../../../core/framework/translate-report.ts';
import { contentStamps } from '../../../../core/hallmark.ts';
import { isJsonObject, toList } from '../../../../core/json/json.ts';
import { Stamp } from '../../../credential/Stamp.tsx';
import { words } from '../../../credential/words.ts';
import { fill, formatMoment, translation } from '../../../texts/language.ts';
import { type GridColumn, type GridRowCells, type GridRules, isEmptyRow, readRow } from './grid.ts';
import { useTexts } from './texts.ts';

/** What the framework says of the credential that a row becomes; null while none can be built of it. */
export type JudgeRow = (row: GridRowCells) => Promise<FrameworkReport | null>;

interface WillReadAsProps {
  row: GridRowCells;
  rules: GridRules;
  /** Null while the rules are not there. */
  judge: JudgeRow | null;
}

/** How a receiver will understand what was typed: class and level, results on their scales, dates in the issuer's zone. */
export function WillReadAs({ row, rules, judge }: WillReadAsProps) {
  const texts = useTexts();
  const report = useReport(row, judge);
  if (isEmptyRow(row)) return null;
  const learner = readRow(row, rules);
  if (learner === null) return <Stamps report={null} />;
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
    <div>
      {report !== null && <Stamps report={report} />}
      <ul className="small">
        {[...results, ...dates].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

/** Class and level as the issued credential will show them. Without a report the row has something to be mended. */
function Stamps({ report: given }: { report: FrameworkReport | null }) {
  const texts = useTexts();
  const report = given && translation ? translateReport(given, translation.words, translation.packs) : given;
  const stamps = contentStamps(report);
  const { hallmarkReasons } = words();
  const what = fill(hallmarkReasons[stamps.class.reason].say, stamps.class.params ?? {});
  const isWhole = stamps.class.reason === 'class-supported';
  return (
    <>
      <div className="as">
        <span className="stamps">
          <Stamp id="class" stamp={stamps.class} framework={report} />
          <Stamp id="level" stamp={stamps.level} framework={report} />
        </span>
        <span className="small">
          {report === null ? texts.mendFirst : `${what}; ${texts.levelReads[stamps.level.reason] ?? ''}`}
        </span>
      </div>
      {report !== null && !isWhole && <p className="small muted">{report.classes.sentence}</p>}
    </>
  );
}

/** A pause in typing after which the class follows, in milliseconds. */
const pause = 250;

/** The last answer stays until the next is there. */
function useReport(row: GridRowCells, judge: JudgeRow | null): FrameworkReport | null {
  const [report, setReport] = useState<FrameworkReport | null>(null);
  useEffect(() => {
    let isLast = true;
    const look = async () => {
      const found = judge === null || isEmptyRow(row) ? null : await judge(row);
      if (isLast) setReport(found);
    };
    const timer = setTimeout(() => void look().catch(console.error), pause);
    return () => {
      isLast = false;
      clearTimeout(timer);
    };
  }, [row, judge]);
  return report;
}

function levelOf({ levels, description }: NonNullable<GridColumn['scale']>, id: unknown) {
  const place = toList(description.rubricCriterionLevel)
    .filter(isJsonObject)
    .findIndex((level) => level.id === id);
  return place < 0 ? null : { level: levels[place] ?? '', place: place + 1, of: levels.length };
}
