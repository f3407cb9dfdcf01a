import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands, main } from './cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const fixture = (name: string) => join('fixtures/cli', name);

async function assay(argv: string[], stdin: string | Uint8Array = '', env: Record<string, string> = {}) {
  const chunks: Buffer[] = [];
  let stderr = '';
  const code = await main(argv, {
    stdin: Readable.from(stdin.length > 0 ? [Buffer.from(stdin)] : []),
    stdout: { write: (chunk) => chunks.push(Buffer.from(chunk)) },
    stderr: { write: (chunk) => (stderr += String(chunk)) },
    env,
    now: () => new Date('2026-05-20T00:00:00Z'),
    // No test of the command line reaches a network.
    network: {
      fetch: async (url) => {
        throw new Error(`fetched ${url}`);
      },
    },
  });
  const bytes = Buffer.concat(chunks);
  return { code, bytes, stdout: bytes.toString('utf8'), stderr };
}

const issuing = () => [
  'issue',
  '-a',
  fixture('achievement.json'),
  '-i',
  fixture('issuer.json'),
  '-k',
  at('issuer.key.json'),
];

beforeAll(async () => {
  expect((await assay(['keygen', '--out', at('issuer.key.json')])).code).toBe(0);
  expect((await assay(['keygen', '--type', 'P-256', '--out', at('p256.key.json')])).code).toBe(0);
  expect((await assay([...issuing(), '-l', fixture('learner.json'), '-o', at('credential.json')])).code).toBe(0);
});

describe('help', () => {
  it('answers nothing, --help, help and --version', async () => {
    expect((await assay([])).code).toBe(3);
    const help = await assay(['--help']);
    expect(help.code).toBe(0);
    for (const { name } of commands) expect(help.stdout).toContain(`  ${name}`);
    expect((await assay(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each(commands.map((command) => [command.name, command] as const))(
    '%s has examples that parse',
    async (name, command) => {
      for (const argv of [
        [name, '--help'],
        ['help', name],
        [name, '-h'],
      ]) {
        const { code, stdout } = await assay(argv);
        expect(code).toBe(0);
        for (const { line } of command.examples) expect(stdout).toContain(`assay ${line}`);
      }
      expect(command.examples.length).toBeGreaterThan(0);
      for (const { line } of command.examples) {
        const [first, ...words] = (line.replace(/\s[<>].*$/, '').match(/"[^"]*"|\S+/g) ?? []).map((word) =>
          word.replaceAll('"', ''),
        );
        expect(first).toBe(name);
        expect(() => command.parse(words)).not.toThrow();
      }
    },
  );
});

describe('misuse', () => {
  it.each([
    [['verfy', 'x'], 'Did you mean "verify"?'],
    [['verify', '--jsno', 'x'], 'Did you mean --json?'],
    [['--verbose'], 'There is no option --verbose'],
    [['verify'], 'No input is given.'],
    [['verify', '-', '-'], 'only once'],
    [['verify', 'no-such-file.json'], 'There is no such file'],
    [['verify', folder], 'This is a folder'],
    [['verify', '-'], 'Nothing came on standard input.'],
    [['verify', '--at', 'tomorrow', 'x'], '--at does not understand'],
    [['verify', '--trust', 'no-such-file.json', 'x'], 'no-such-file.json'],
    [['check', '--pack', 'trusted-microcredentail', 'x'], 'Did you mean "trusted-microcredential"?'],
    [['check', '--format', 'sarf', 'x'], 'Did you mean "sarif"?'],
    [['keygen'], '--out'],
    [['issue'], '--achievement is missing'],
    [['serve', '--port', 'x'], '--port does not understand'],
    [['packs', 'shw', 'x'], 'Did you mean "show"?'],
  ])('%j is answered with a sentence and exit code 3', async (argv, words) => {
    const { code, stderr, stdout } = await assay(argv);
    expect(stderr.replace(/\s+/g, ' ')).toContain(words);
    expect(stderr).not.toMatch(/\n\s+at |node:internal|undefined|\[object/);
    expect(stdout).toBe('');
    expect(code).toBe(3);
  });

  it('writes out what a file name would do to the terminal', async () => {
    const { stderr } = await assay(['verify', '\u001b[2Jx']);
    expect(stderr).not.toContain('\u001b');
  });
});

describe('keygen', () => {
  it('keeps the secret in a file of mode 600 and never prints it', async () => {
    const { stdout } = await assay(['keygen', '--type', 'P-384', '--out', at('k')]);
    expect(stdout).toMatch(/did:key:z\w+/);
    expect(statSync(at('k')).mode & 0o777).toBe(0o600);
    const secret = Object.entries(JSON.parse(readFileSync(at('k'), 'utf8'))).find(([name]) =>
      /secret/i.test(name),
    )?.[1];
    expect(secret).toBeTypeOf('string');
    expect(stdout).not.toContain(secret as string);
    chmodSync(at('k'), 0o644);
    const exposed = await assay([...issuing().slice(0, 5), '-k', at('k'), '-l', fixture('learner.json')]);
    expect(exposed.stderr).toContain('can read the key');
    const again = await assay(['keygen', '--out', at('k')]);
    expect(again.code).toBe(3);
    expect((await assay(['keygen', '--stdout-secret'])).stdout).toMatch(/secret/i);
  });
});

describe('verify', () => {
  it('says in one sentence that a credential is verified, from a file, from -, and offline', async () => {
    const { code, stdout } = await assay(['verify', at('credential.json')]);
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe('✔ Verified: genuine and in force.');
    const piped = await assay(['verify', '--offline', '--json', '-'], readFileSync(at('credential.json')));
    expect(piped.code).toBe(0);
    const report = JSON.parse(piped.stdout);
    expect(report.verification.verdict).toBe('verified');
    expect(Object.keys(report.hallmark.stamps)).toEqual(['authentic', 'current', 'issuer', 'class', 'level']);
  });

  it('exits by the verdict; with many inputs by the worst, failed before cannot tell', async () => {
    const credential = JSON.parse(readFileSync(at('credential.json'), 'utf8'));
    writeFileSync(at('altered.json'), JSON.stringify({ ...credential, name: 'Something else' }));
    writeFileSync(at('garbage.json'), '{"a": ');
    const altered = await assay(['verify', at('altered.json')]);
    expect(altered.code).toBe(1);
    expect(altered.stdout).toContain('✘ Not verified');
    expect((await assay(['verify', at('garbage.json')])).code).toBe(1);
    const expired = await assay(['verify', '--at', '2020-01-01', at('credential.json')]);
    expect(expired.code).toBe(1);
    const both = await assay(['verify', '--json', at('credential.json'), at('altered.json')]);
    expect(both.code).toBe(1);
    expect(
      JSON.parse(both.stdout).map((report: { verification: { verdict: string } }) => report.verification.verdict),
    ).toEqual(['verified', 'not-verified']);
    const missing = await assay(['verify', '--json', at('credential.json'), at('missing.json')]);
    expect(missing.code).toBe(3);
    expect(JSON.parse(missing.stdout)[1]).toBeNull();
  });

  it('asks the trust sources that were chosen, which never changes the verdict', async () => {
    const { id } = JSON.parse(readFileSync(at('credential.json'), 'utf8')).issuer;
    const list = { name: 'Register', date: '2026-05-01', issuers: [{ id, name: 'Northfield Polytechnic' }] };
    writeFileSync(at('trust.json'), JSON.stringify(list));
    const listed = await assay(['verify', '--trust', at('trust.json'), at('credential.json')]);
    expect(listed.stdout).toMatch(/✔ Issuer +Passed +Known: Northfield Polytechnic/);
    expect(listed.code).toBe(0);
    const unlisted = await assay(['verify', '--trust', fixture('trust.json'), at('credential.json')]);
    expect(unlisted.stdout).toMatch(/\? Issuer +Cannot tell/);
    expect(unlisted.code).toBe(0);
    writeFileSync(at('faulty-trust.json'), JSON.stringify({ ...list, date: 'yesterday' }));
    const faulty = await assay(['verify', '--trust', at('faulty-trust.json'), at('credential.json')]);
    expect(faulty.code).toBe(3);
    expect(faulty.stderr).toContain('/date');
  });

  it('lets no escape sequence of a credential reach the terminal, in any output', async () => {
    const credential = JSON.parse(readFileSync(at('credential.json'), 'utf8'));
    const sequence = '\u001b]0;owned\u0007\u009b2J\u202e';
    credential.name = credential.issuer.name = credential.credentialSubject.achievement.name = sequence;
    credential.credentialSubject.achievement.criteria.narrative = sequence;
    credential.credentialSubject.achievement.resultDescription[0].name = sequence;
    credential[sequence] = sequence;
    writeFileSync(at('hostile.json'), JSON.stringify(credential));
    for (const argv of [
      ['verify'],
      ['verify', '-s'],
      ['verify', '--json'],
      ['explain'],
      ['check'],
      ['check', '-f', 'sarif'],
    ]) {
      const { stdout, stderr } = await assay([...argv, at('hostile.json')]);
      expect(stdout + stderr).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
      expect(stdout).not.toBe('');
    }
  });

  it('cannot tell what would have to be fetched when it is offline', async () => {
    writeFileSync(at('web-issuer.json'), JSON.stringify({ id: 'did:web:northfield.example.edu', name: 'Northfield' }));
    const argv = [
      'issue',
      '-a',
      fixture('achievement.json'),
      '-i',
      at('web-issuer.json'),
      '-k',
      at('issuer.key.json'),
      '-l',
      fixture('learner.json'),
      '-o',
      at('web.json'),
    ];
    expect((await assay(argv)).code).toBe(0);
    const { code, stdout } = await assay(['verify', '--offline', at('web.json')]);
    expect(stdout).toMatch(/^\? Cannot tell/);
    expect(code).toBe(2);
    expect((await assay(['verify', '--offline', 'https://northfield.example.edu/x.json'])).code).toBe(2);
  });
});

describe('explain', () => {
  it('shows the ladder and the class for a person', async () => {
    const { code, stdout } = await assay(['explain', at('credential.json')]);
    expect(code).toBe(0);
    expect(stdout.replaceAll('\u00a0', ' ')).toContain('■ Competent ⚑');
    expect(stdout).toContain('Kitchen practical: Advanced, level 3 of 3.');
  });
});

describe('check', () => {
  it('exits by the class, and prints text, the report or SARIF', async () => {
    const text = await assay(['check', fixture('declared-application.json')]);
    expect(text.code).toBe(1);
    expect(text.stdout).toContain('Evidence');
    const report = JSON.parse((await assay(['check', '--json', fixture('declared-application.json')])).stdout);
    expect(report.classes.contradictions[0].code).toBe('declared-not-supported');
    const sarif = JSON.parse((await assay(['check', '-f', 'sarif', fixture('declared-application.json')])).stdout);
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0].results.some((result: { level: string }) => result.level === 'error')).toBe(true);
    expect((await assay(['check', 'fixtures/trusted/application.json'])).code).toBe(0);
    expect((await assay(['check', 'fixtures/trusted/recognition.json'])).code).toBe(0);
    expect((await assay(['check', 'fixtures/trusted/clr.json'])).code).toBe(0);
    expect((await assay(['check', '-'], '{}')).code).toBe(2);
  });
});

describe('packs', () => {
  it('lists, shows and checks', async () => {
    const listed = JSON.parse((await assay(['packs', '--json'])).stdout);
    expect(listed.length).toBe(3);
    const shown = await assay(['packs', 'show', 'trusted-microcredential', '--json']);
    writeFileSync(at('pack.json'), shown.stdout);
    expect((await assay(['packs', 'check', at('pack.json')])).code).toBe(0);
    writeFileSync(at('faulty-pack.json'), JSON.stringify({ ...JSON.parse(shown.stdout), surprise: 1 }));
    const faulty = await assay(['packs', 'check', at('faulty-pack.json')]);
    expect(faulty.code).toBe(1);
    expect(faulty.stdout).toContain('at /surprise');
    expect((await assay(['check', '--pack', at('faulty-pack.json'), '-'], '{}')).code).toBe(3);
  });
});

describe('issue', () => {
  it('refuses a template with one learner’s data and a learner with a fault', async () => {
    const achievement = JSON.parse(readFileSync(fixture('achievement.json'), 'utf8'));
    writeFileSync(
      at('with-evidence.json'),
      JSON.stringify({ ...achievement, evidence: [{ id: 'https://x.example' }] }),
    );
    const template = await assay([
      'issue',
      '-a',
      at('with-evidence.json'),
      ...issuing().slice(3),
      '-l',
      fixture('learner.json'),
    ]);
    expect(template.code).toBe(3);
    expect(template.stderr.replace(/\s+/g, ' ')).toContain('belongs to one learner');
    writeFileSync(at('learner.json'), JSON.stringify({ email: 'no' }));
    const learner = await assay([...issuing(), '-l', at('learner.json')]);
    expect(learner.code).toBe(1);
    expect(learner.stderr).toContain('at /email');
    expect(learner.stdout).toBe('');
  });

  it('never writes an e-mail address', () => {
    const text = readFileSync(at('credential.json'), 'utf8');
    expect(text).not.toContain('robin@');
    expect(text).toContain('sha256$');
  });

  it('issues each row, writes down every fault with its column, and neutralises formulas', async () => {
    const out = at('faults');
    const { code, stdout, stderr } = await assay([
      ...issuing(),
      '--csv',
      fixture('class-with-faults.csv'),
      '--out',
      out,
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('10 rows: 2 issued, 8 not issued.');
    expect(stderr).toContain('line 3, column email:');
    expect(readdirSync(out).sort()).toEqual(['00002-ana-ruiz.json', '00011-jo.json', 'results.csv']);
    const results = readFileSync(join(out, 'results.csv'), 'utf8').split('\r\n');
    expect(results[0]).toContain('"line","name"');
    expect(results.filter((line) => line.startsWith('"5"')).length).toBe(2);
    expect(results.find((line) => line.startsWith('"8"'))).toContain(`"'=HYPERLINK(""x"")"`);
    expect((await assay(['verify', join(out, '00002-ana-ruiz.json')])).code).toBe(0);
    // A second run into the same folder replaces nothing.
    expect((await assay([...issuing(), '--csv', fixture('class.csv'), '--out', out])).code).toBe(3);
  });

  it('keeps each learner’s results and evidence apart', async () => {
    const out = at('class');
    const key = ['-k', at('p256.key.json')];
    const argv = [...issuing().slice(0, 5), ...key, '--csv', fixture('class.csv'), '--out', out, '--format', 'jwt'];
    expect((await assay(argv)).code).toBe(0);
    const payload = (name: string) =>
      JSON.parse(Buffer.from(readFileSync(join(out, name), 'utf8').split('.')[1] ?? '', 'base64url').toString());
    expect(payload('00002-ana-ruiz.jwt').evidence).toHaveLength(1);
    expect(payload('00003-ohman-ben.jwt').evidence).toBeUndefined();
    expect(payload('00003-ohman-ben.jwt').credentialSubject.result[0].value).toBe('36.5');
    expect((await assay(['verify', join(out, '00003-ohman-ben.jwt')])).code).toBe(0);
  });

  it('refuses a header that it does not understand before anything is issued, unless it is mapped', async () => {
    const csv = 'Student mail,Group\nana@northfield.example.edu,7\n';
    const refused = await assay([...issuing(), '--csv', '-', '--out', at('mapped')], csv);
    expect(refused.code).toBe(3);
    expect(() => statSync(at('mapped'))).toThrow();
    const argv = [
      ...issuing(),
      '--csv',
      '-',
      '--out',
      at('mapped'),
      '--column',
      'Student mail=email',
      '--ignore-column',
      'Group',
    ];
    expect((await assay(argv, csv)).code).toBe(0);
  });

  it('finds faults without signing in a dry run', async () => {
    const out = at('dry');
    const { code } = await assay([...issuing(), '--csv', fixture('class.csv'), '--out', out, '--dry-run']);
    expect(code).toBe(0);
    expect(readdirSync(out)).toEqual(['results.csv']);
  });

  it('issues a thousand rows with faults between them', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) =>
      index % 100 === 50
        ? `Nobody ${index},not an address,1`
        : `Learner ${index},learner${index}@northfield.example.edu,${index % 51}`,
    );
    const out = at('thousand');
    const { code, stdout } = await assay(
      [...issuing(), '--csv', '-', '--out', out],
      `name,email,result:Examination\n${rows.join('\n')}`,
    );
    expect(stdout).toContain('1,000 rows: 990 issued, 10 not issued.');
    expect(code).toBe(1);
    expect(readdirSync(out).length).toBe(991);
  }, 120_000);
});

describe('bake and unbake', () => {
  it.each(['png', 'svg'])('gives back from a %s what was put in, byte for byte', async (format) => {
    const picture = fixture(`badge.${format}`);
    expect((await assay(['bake', at('credential.json'), '--image', picture, '--out', at(`b.${format}`)])).code).toBe(0);
    const { code, stdout } = await assay(['unbake', at(`b.${format}`)]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(at('credential.json'), 'utf8')));
    expect((await assay(['verify', at(`b.${format}`)])).code).toBe(0);
    expect((await assay(['unbake', picture])).code).toBe(1);
    expect((await assay(['unbake', at(`b.${format}`), '--out', at('credential.json')])).code).toBe(3);
    const issued = await assay([...issuing(), '-l', fixture('learner.json'), '-f', format, '--image', picture]);
    writeFileSync(at(`i.${format}`), issued.bytes);
    expect((await assay(['verify', at(`i.${format}`)])).code).toBe(0);
  });
});

describe('the language of what is printed', () => {
  const credential = at('credential.json');
  const speak = (argv: string[], env = {}) => assay(argv, '', env);

  it.each([
    ['verify', 'Autenticidad'],
    ['explain', 'Qué tan bien'],
    ['check', 'Qué espera'],
  ])('%s speaks Spanish when asked', async (command, words) => {
    const given = await speak([command, credential]);
    const spanish = await speak([command, credential, '--lang', 'es']);
    expect(spanish.stdout).toContain(words);
    expect(spanish.stdout).not.toMatch(/\b(the issuer|is not|Passed|Cannot tell)\b|\{\w/);
    expect(spanish.code).toBe(given.code);
    expect(given.stdout).not.toContain(words);
  });

  it('follows the locale, and --lang goes before it', async () => {
    const verify = ['verify', credential];
    const { stdout } = await speak([...verify, '--lang', 'es']);
    expect((await speak(verify, { LANG: 'es_MX.UTF-8' })).stdout).toBe(stdout);
    expect((await speak(verify, { LC_ALL: 'C', LANG: 'es_MX.UTF-8' })).stdout).not.toBe(stdout);
    expect((await speak([...verify, '--lang', 'en'], { LANG: 'es_ES' })).stdout).toBe((await speak(verify)).stdout);
    expect((await speak([...verify, '--lang', 'fr'])).code).toBe(3);
  });

  it('leaves JSON as it is', async () => {
    for (const command of ['verify', 'check', 'explain'])
      expect((await speak([command, credential, '--json', '--lang', 'es'])).stdout).toBe(
        (await speak([command, credential, '--json'])).stdout,
      );
  });

  it('says what is wrong with an input in Spanish', async () => {
    const { stderr } = await assay(['verify', '-', '--lang', 'es'], '<html><body></body></html>');
    expect(stderr).toContain('Esto es una página web, no una credencial.');
  });

  it('reads the translation beside a pack of the user’s own, and refuses one that does not fit', async () => {
    const pack = JSON.parse((await assay(['packs', 'show', 'trusted-microcredential', '--json'])).stdout);
    writeFileSync(at('own.json'), JSON.stringify({ ...pack, id: 'own', title: 'Our own' }));
    const own = { title: 'Paquete propio', notice: 'Aviso.', otherwise: 'Otra cosa.', classes: {}, phrases: {} };
    const texts = { ...own, pack: `own@${pack.version}`, language: 'es', rules: {} };
    writeFileSync(at('own.es.json'), JSON.stringify(texts));
    expect((await assay(['packs', 'show', at('own.json'), '--lang', 'es'])).stdout).toContain('Paquete propio. ');
    expect((await assay(['packs', 'show', at('own.json')])).stdout).toContain('Our own');
    writeFileSync(at('own.es.json'), JSON.stringify({ ...texts, classes: { other: { label: 'x', definition: 'y' } } }));
    const refused = await assay(['packs', 'show', at('own.json'), '--lang', 'es']);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('other');
  });
});
