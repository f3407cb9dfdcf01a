import type { JsonObject } from '../../../../core/json/json.ts';
import { fill } from '../../../texts/language.ts';
import { fieldTargets, isKnown, scalesOf } from './columns.ts';
import type { TableFile } from './file.ts';
import { useTexts } from './texts.ts';

export interface MatchColumnsProps {
  file: TableFile;
  achievement: JsonObject;
  /** What each column means; '' is left out. */
  targets: readonly string[];
  onChange(name: string, target: string): void;
}

/** Each column of the file with its first cells, and what it means. */
export function MatchColumns({ file, achievement, targets, onChange }: MatchColumnsProps) {
  const texts = useTexts();
  return (
    <div className="list-table">
      <table className="blocks match">
        <caption className="vh">{texts.matchTitle}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.columnInFile}</th>
            <th scope="col">{texts.firstCells}</th>
            <th scope="col">{texts.means}</th>
          </tr>
        </thead>
        <tbody>
          {file.header.map((name, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns may have one name, and never move
            <tr key={index}>
              <th scope="row">
                <bdi>{name || fill(texts.unnamed, { number: index + 1 })}</bdi>
              </th>
              <td data-l={texts.firstCells} className="cells">
                {file.samples.map((row, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
                  <bdi key={at}>{row[index]}</bdi>
                ))}
              </td>
              <td>
                <Target
                  name={name}
                  label={fill(texts.meansOf, { name: name || index + 1 })}
                  value={targets[index] ?? ''}
                  achievement={achievement}
                  onChange={(target) => onChange(name, target)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface TargetProps {
  name: string;
  label: string;
  value: string;
  achievement: JsonObject;
  onChange(target: string): void;
}

function Target({ name, label, value, achievement, onChange }: TargetProps) {
  const texts = useTexts();
  const scales = scalesOf(achievement);
  const listed = ['', ...fieldTargets, ...scales.flatMap(({ target }) => [target, statusOf(target)])];
  return (
    <select className="input" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{texts.leaveOut}</option>
      {!listed.includes(value) && isKnown(value, achievement) && <option value={value}>{value}</option>}
      {value !== name && !listed.includes(name) && isKnown(name, achievement) && <option value={name}>{name}</option>}
      <optgroup label={texts.groups.learner}>
        {fieldTargets.map((target) => (
          <option key={target} value={target}>
            {texts.targets[target]}
          </option>
        ))}
      </optgroup>
      {scales.length > 0 && (
        <optgroup label={texts.groups.results}>
          {scales.map((scale) => (
            <option key={scale.target} value={scale.target}>
              {fill(texts.resultOf, { scale: scale.name })}
            </option>
          ))}
          {scales.map((scale) => (
            <option key={scale.target} value={statusOf(scale.target)}>
              {fill(texts.statusOf, { scale: scale.name })}
            </option>
          ))}
        </optgroup>
      )}
    </select>
  );
}

const statusOf = (target: string) => target.replace(/^result:/, 'status:');
