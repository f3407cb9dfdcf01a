import type { FastifyError, FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Language } from '../core/catalogue/language.ts';
import { languageOf } from './page/language.ts';
import { ApiError, internalProblem, type Phrase, phrase, problems, sendProblem, write } from './problem.ts';

/** Every fault as problem+json (RFC 9457): its code for programs, its sentences in the language of whoever asked. */
export function answerFaults(app: FastifyInstance): void {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const translate = await translatorOf(languageOf(request));
    const send = (status: number, title: string, detail: string | Phrase, members: Record<string, unknown>) =>
      sendProblem(reply, status, { title: translate(title), detail: write(detail, translate), ...members });
    if (error instanceof ApiError) {
      const { status, code, detail, members } = error;
      return send(status, problems[code].title, detail, { code, ...members });
    }
    if (hasZodFastifySchemaValidationErrors(error)) {
      const faults = error.validation.map(({ instancePath, message }) => `${instancePath} ${message}`.trim());
      return send(
        400,
        problems['malformed-request'].title,
        phrase`In the ${error.validationContext ?? 'request'}: ${faults.join('; ')}`,
        {
          code: 'malformed-request',
          errors: error.validation.map(({ instancePath, message }) => ({ pointer: instancePath, detail: message })),
        },
      );
    }
    if (error.statusCode !== undefined && error.statusCode < 500) {
      const code =
        error.statusCode === 413 ? 'too-large' : error.statusCode === 429 ? 'too-many-requests' : 'malformed-request';
      return send(error.statusCode, problems[code].title, error.message, { code });
    }
    request.log.error({ err: error }, 'failed');
    return send(500, internalProblem.title, internalProblem.detail, { code: 'internal', request: request.id });
  });
}

/** Says a sentence of the service in a language; what nobody translated, such as names and words of other software, stays. */
export async function translatorOf(language: Language): Promise<(text: string) => string> {
  if (language === 'en') return (text) => text;
  const { problemSentences } = await import('./texts/es/problems.ts');
  return (text) => (Object.hasOwn(problemSentences, text) ? (problemSentences[text] as string) : text);
}
