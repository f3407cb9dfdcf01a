import { titleOf } from '../../core/answer.ts';
import { type Assessment, assessDocument } from '../../core/assess.ts';
import { matchRecipient } from '../../core/credential/identity.ts';
import type { JsonObject } from '../../core/json/json.ts';
import type { Network } from '../../core/network.ts';
import { translateAssessment } from '../../core/translate.ts';
import type { TrustSource } from '../../core/trust/trust-source.ts';
import { nodeCryptography, sharingCryptography } from '../../node/cryptography.ts';
import type { IssuingDeps } from '../issuing.ts';
import type { Speech } from '../page/language.ts';
import { type Description, describeCredential } from './describe.ts';
import { FileMaker } from './file/maker.ts';
import { bakePicture } from './file/picture.ts';
import { SheetMaker } from './file/sheet-maker.ts';
import { ledgerOf } from './ledger.ts';
import { warningsOf } from './page.ts';
import { openPerson } from './person.ts';
import { type CredentialRow, signedDocument, signedForm } from './store.ts';
import { withPatience } from './with-patience.ts';

/** What a credential is checked with. */
export interface Checking {
  network: Network;
  trustSources: readonly TrustSource[];
}

/** Everything that Assay says of one of its own credentials: the check that any receiver makes, and what its ledger knows. */
export function assessOwn(
  deps: Checking & Pick<IssuingDeps, 'db' | 'publicUrl'>,
  credential: CredentialRow,
  now: Date,
): Promise<Assessment> {
  const { content, contentType } = signedForm(credential);
  const document = contentType === 'application/vc' ? (JSON.parse(content) as JsonObject) : content;
  return assessDocument(document, {
    cryptography: sharingCryptography,
    // Endorsements in it may name any host.
    network: withPatience(deps.network, deps.publicUrl),
    trustSources: deps.trustSources,
    ledger: ledgerOf(deps),
    now,
  });
}

/** Is a credential about the holder of an e-mail address? */
export function isRecipient(credential: CredentialRow, email: string): Promise<boolean> {
  const document = JSON.parse(signedDocument(credential)) as JsonObject;
  return matchRecipient(document, { type: 'emailAddress', value: email }, nodeCryptography);
}

type Deps = Pick<IssuingDeps, 'db' | 'masterKey' | 'publicUrl' | 'now'> & Checking;

/** Pages and files that are made of a credential. `isLearner`: their name may be shown where it is not in clear. */
export class CredentialDelivery {
  private readonly maker = new FileMaker();
  private readonly sheets = new SheetMaker();
  private readonly deps: Deps;

  constructor(deps: Deps) {
    this.deps = deps;
  }

  /** The reports of a credential and what they say, in a language. */
  async look(
    credential: CredentialRow,
    isLearner: boolean,
    speech: Speech,
  ): Promise<{ assessment: Assessment; description: Description }> {
    const { masterKey, now } = this.deps;
    const name = isLearner ? (openPerson(masterKey, credential).name ?? null) : null;
    const assessment = translateAssessment(await assessOwn(this.deps, credential, now()), speech);
    return { assessment, description: describeCredential(assessment, name, speech) };
  }

  make(credential: CredentialRow, form: 'png' | 'svg' | 'pdf', isLearner: boolean, speech: Speech): Promise<Buffer> {
    const own = form === 'pdf' ? `${isLearner} ${speech.words.language}` : '';
    const key = [credential.id, form, credential.state, own].join(' ');
    return this.maker.make(key, () =>
      form === 'pdf' ? this.makePdf(credential, isLearner, speech) : this.makePicture(credential, form),
    );
  }

  close(): Promise<void> {
    return this.sheets.close();
  }

  private async makePdf(credential: CredentialRow, isLearner: boolean, speech: Speech): Promise<Buffer> {
    const { content, contentType } = signedForm(credential);
    const { description } = await this.look(credential, isLearner, speech);
    return await this.sheets.make(speech, {
      ...description,
      url: `${this.deps.publicUrl}/credentials/${credential.id}`,
      checkedAt: this.deps.now(),
      warnings: warningsOf(credential, speech),
      attachment: {
        name: contentType === 'application/vc' ? 'credential.json' : 'credential.jwt',
        mediaType: contentType,
        content,
      },
    });
  }

  private makePicture(credential: CredentialRow, form: 'png' | 'svg'): Promise<Buffer> {
    const document = JSON.parse(signedDocument(credential)) as JsonObject & { issuer: { name: string } };
    const { content } = signedForm(credential);
    const given = { document, signed: content, title: titleOf(document) ?? '', issuer: document.issuer.name };
    return bakePicture(this.deps.db, this.deps.publicUrl, form, given);
  }
}
