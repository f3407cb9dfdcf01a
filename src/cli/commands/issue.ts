import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Readable } from 'node:stream';
import { renderFinding } from '../../core/catalogue/render.ts';
import type { Finding } from '../../core/finding.ts';
import { checkAchievement } from '../../core/issue/build-from-achievement.ts';
import type { IssueFormat } from '../../core/issue/issue-credential.ts';
import { parseLearner, readMoment } from '../../core/issue/learner.ts';
import { prepareSigning } from '../../core/issue/prepare-signing.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json/json.ts';
import { cryptosuites } from '../../core/proof/cryptosuites.ts';
import { issueRow, type RosterIssue } from '../../node/issue-worker.ts';
import { say } from '../assess-inputs.ts';
import { defineCommand } from '../command.ts';
import { type ExitCode, exitCode, Misuse } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { printFindings } from '../print/findings.ts';
import { Terminal } from '../print/terminal.ts';
import { readBytes, readJson } from '../read-files.ts';
import { readKey } from '../read-key.ts';
import { issueHere, issueInWorkers } from '../roster/issue-all.ts';
import { issueRoster } from '../roster/issue-roster.ts';
import { englishSpeech, sayIn } from '../speech.ts';
import { writeWhole } from '../write-file.ts';

const formats = ['json', 'jwt', 'png', 'svg'] as const;
const suites = cryptosuites.flatMap(({ cryptosuite, signs }) =>
  signs && cryptosuite !== undefined ? [cryptosuite] : [],
);

export const issue = defineCommand({
  name: 'issue',
  summary: 'Issue one credential, or one for each row of a CSV file.',
  usage: [
    'issue --achievement <file> --issuer <file> --key <file> --learner <file> [options]',
    'issue --achievement <file> --issuer <file> --key <file> --csv <file|-> --out <folder> [options]',
  ],
  about: [
    'The achievement is an Open Badges 3.0 Achievement, the same for all; it holds no results and no evidence. The issuer is a Profile; without an id it becomes the key’s did:key. The learner: {"name", "email", "id", "identifiers": {"systemId": …}, "result": […], "evidence": […], "narrative", "activityStartDate", "activityEndDate", "creditsEarned", "licenseNumber", "role", "term", "source", "awardedDate", "validFrom", "validUntil"}. E-mail and identifiers are written only as salted hashes, the name in clear unless "nameConsent" is false.',
    'CSV: UTF-8, with a header line; comma, semicolon or tab. Columns: name, email, id, the other text and date members above; identifier:systemId (or another type); result:NAME for each scale of the achievement by its name or id (a level’s name, a value, a number), status:NAME; evidence (its address), evidence:name, evidence:description, evidence:genre, evidence:audience, evidence:narrative, and more as "evidence 2", "evidence 2:name". Empty cells say nothing. Results and evidence come from the learner’s own row alone.',
    'A row with faults is not issued and never stops the rest. results.csv in the folder says for each row the file or every fault with its column. With --dry-run nothing is signed or written but that.',
  ],
  options: {
    achievement: { type: 'string', short: 'a', value: 'file', say: 'What was achieved.' },
    issuer: { type: 'string', short: 'i', value: 'file', say: 'Who issues.' },
    key: { type: 'string', short: 'k', value: 'file', say: 'The issuer’s key, from `assay keygen`.' },
    learner: { type: 'string', short: 'l', value: 'file', say: 'One learner.' },
    csv: { type: 'string', value: 'file', say: 'Many learners.' },
    out: {
      type: 'string',
      short: 'o',
      value: 'file|folder',
      say: 'Where it goes. One: a file, default standard output. Many: a folder.',
    },
    format: { type: 'string', short: 'f', value: 'format', say: 'Default: json.', choices: formats },
    image: { type: 'string', value: 'file', say: 'The picture to bake into, for png and svg.' },
    cryptosuite: {
      type: 'string',
      value: 'suite',
      say: 'Default: the RDF suite of the key’s type. Not for jwt.',
      choices: suites,
    },
    'verification-method': {
      type: 'string',
      value: 'URL',
      say: 'Where the issuer publishes the key. Default: <issuer id>#<public key>.',
    },
    'valid-from': {
      type: 'string',
      value: 'time',
      say: 'For learners without a validFrom of their own. Default: now.',
    },
    'valid-until': { type: 'string', value: 'time', say: 'For learners without a validUntil of their own.' },
    column: {
      type: 'string',
      multiple: true,
      value: 'NAME=MEANING',
      say: 'A column of the CSV that is called otherwise.',
    },
    'ignore-column': { type: 'string', multiple: true, value: 'NAME', say: 'A column of the CSV to leave out.' },
    workers: {
      type: 'string',
      value: 'N',
      say: 'Threads for a CSV. Default: one for each processor when the file is long, else one.',
    },
    'dry-run': { type: 'boolean', say: 'Find the faults, sign nothing.' },
    force: { type: 'boolean', say: 'Replace files that exist.' },
  },
  examples: [
    {
      line: 'issue --achievement achievement.json --issuer issuer.json --key issuer.key.json --learner learner.json --out credential.json',
      say: 'One credential',
    },
    {
      line: 'issue -a achievement.json -i issuer.json -k issuer.key.json --csv class.csv --format png --image badge.png --out badges',
      say: 'A class, as pictures',
    },
    {
      line: 'issue -a achievement.json -i issuer.json -k issuer.key.json --csv class.csv --out badges --dry-run --column "Student e-mail=email" --ignore-column Group',
      say: 'The faults of a list first, with its own column names',
    },
  ],
  exits: '0 all issued, 1 at least one was not, 3 misuse.',
  async run({ values, positionals }, io) {
    const [extra] = positionals;
    if (extra !== undefined)
      throw new Misuse(`"${extra}" belongs to no option.`, 'Name the learner with --learner or the list with --csv.');
    const needed = (name: 'achievement' | 'issuer' | 'key'): string => {
      const value = values[name];
      if (value === undefined) throw new Misuse(`--${name} is missing.`, `Write --${name} <file>.`);
      return value;
    };
    const names = { achievement: needed('achievement'), issuer: needed('issuer'), key: needed('key') };
    if ((values.learner === undefined) === (values.csv === undefined))
      throw new Misuse(
        'One of --learner and --csv is needed, and not both.',
        'Write --learner <file> or --csv <file>.',
      );
    const format: IssueFormat = (values.format as IssueFormat | undefined) ?? 'json';
    const baked = format === 'png' || format === 'svg';
    if (baked && values.image === undefined)
      throw new Misuse(`--format ${format} needs a picture.`, 'Add --image <file>.');
    if (!baked && values.image !== undefined)
      throw new Misuse('--image is for the formats png and svg.', 'Add --format png.');
    if (format === 'jwt' && values.cryptosuite !== undefined)
      throw new Misuse('A JWT has no cryptosuite; its algorithm is that of the key.', 'Leave --cryptosuite out.');

    const achievement = await readObject(names.achievement, 'achievement', checkAchievement, io);
    const issuer = await readObject(names.issuer, 'issuer', checkIssuer, io);
    const { key, id, controller } = await readKey(names.key, io);
    // The name that the key file gives the key counts when it is this issuer's.
    const named = id !== null && controller !== null && controller === issuer.id ? id : undefined;
    const verificationMethod = values['verification-method'] ?? named;
    const prepared = prepareSigning(issuer, key, {
      ...(verificationMethod === undefined ? {} : { verificationMethod }),
      ...(values.cryptosuite === undefined ? {} : { cryptosuite: values.cryptosuite }),
    });
    if (!prepared.ok) throw faulty(names.issuer, 'issuer', prepared.findings);
    const image = values.image === undefined ? undefined : await readBytes(values.image, io);
    const work: RosterIssue = {
      achievement,
      issuer: prepared.issuer,
      now: io.now?.() ?? new Date(),
      ...(values['valid-from'] === undefined ? {} : { validFrom: momentOf(values['valid-from'], '--valid-from') }),
      ...(values['valid-until'] === undefined ? {} : { validUntil: momentOf(values['valid-until'], '--valid-until') }),
      signing: prepared.signing,
      format,
      ...(image === undefined ? {} : { image }),
      // Whoever runs it in a terminal decides whom it is for; the issuing service asks for a reason.
      allowBelowPassMark: true,
      dryRun: values['dry-run'],
    };
    if (values.learner !== undefined)
      return await issueToLearner(values.learner, work, { out: values.out, force: values.force }, io);
    if (values.out === undefined) throw new Misuse('--csv needs a folder for the credentials.', 'Add --out <folder>.');
    const asked = values.workers === undefined ? undefined : readWorkers(values.workers);
    const { source, size } = await openTable(values.csv ?? '-', io);
    const workers = asked ?? (size !== null && size >= worthWorkers ? availableParallelism() : 1);
    return await issueRoster({
      source,
      size,
      achievement,
      issueAll: workers > 1 ? issueInWorkers(work, workers) : issueHere(work),
      columns: { rename: readMapping(values.column), ignore: new Set(values['ignore-column']) },
      folder: values.out,
      extension: format,
      dryRun: values['dry-run'],
      force: values.force,
      io,
    });
  },
});

/** A list of fewer bytes is done before workers have started. */
const worthWorkers = 100_000;

function readWorkers(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new Misuse(`--workers does not understand "${text}".`, 'Write 1 to 99.');
  return Number(text);
}

async function issueToLearner(
  name: string,
  work: RosterIssue,
  { out, force }: { out: string | undefined; force: boolean },
  io: Io,
): Promise<ExitCode> {
  const read = parseLearner(await readJson(name, 'learner', io));
  const issued = read.ok ? await issueRow(work, read.learner) : read;
  if (!issued.ok) {
    say(io, sayIn(io.speech ?? englishSpeech, 'notIssued'));
    printFindings(issued.findings, new Terminal(io.stderr, io.env, io.speech), '  ');
    return exitCode.failed;
  }
  if (work.dryRun) say(io, sayIn(io.speech ?? englishSpeech, 'dryRun'));
  else if (out === undefined) io.stdout.write(issued.bytes);
  else await writeWhole(out, issued.bytes, { replace: force });
  return exitCode.done;
}

async function readObject(
  name: string,
  what: string,
  check: (value: JsonValue) => Finding[],
  io: Io,
): Promise<JsonObject> {
  const value = await readJson(name, what, io);
  const findings = check(value);
  if (!isJsonObject(value) || findings.length > 0) throw faulty(name, what, findings);
  return value;
}

function checkIssuer(value: JsonValue): Finding[] {
  if (!isJsonObject(value))
    return [{ code: 'issue-file-not-object', severity: 'error', pointer: '', params: { what: 'issuer' } }];
  if (typeof value.name === 'string' && value.name !== '') return [];
  return [{ code: 'issue-issuer-name-missing', severity: 'error', pointer: '' }];
}

function faulty(name: string, what: string, findings: readonly Finding[]): Misuse {
  const words = findings.map((finding) => renderFinding(finding));
  return new Misuse(
    `The ${what} ${name} cannot be used. ${words.map((sentence) => sentence.say).join(' ')}`,
    words.map(({ todo }) => todo).find((todo) => todo !== undefined),
  );
}

function momentOf(text: string, option: string): string {
  const moment = readMoment(text);
  if (moment === undefined)
    throw new Misuse(`${option} does not understand "${text}".`, 'Write it as 2026-05-18 or 2026-05-18T09:00:00Z.');
  return moment;
}

function readMapping(entries: readonly string[]): Map<string, string> {
  return new Map(
    entries.map((entry) => {
      const at = entry.lastIndexOf('=');
      if (at < 1 || at === entry.length - 1)
        throw new Misuse(`--column does not understand "${entry}".`, 'Write it as --column "Student e-mail=email".');
      return [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
    }),
  );
}

async function openTable(name: string, io: Io): Promise<{ source: Readable; size: number | null }> {
  if (name === '-') return { source: io.stdin, size: null };
  try {
    const { size } = await stat(name);
    return { source: createReadStream(name), size };
  } catch {
    throw new Misuse(`There is no such file: ${name}`, 'Check the name after --csv.');
  }
}
