import fastify, { type FastifyInstance } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../core/catalogue/language.ts';
import { parsePack } from '../../core/framework/pack.ts';
import { spanishPacks } from '../../core/framework/packs/es.ts';
import { bundledPacks } from '../../core/framework/packs.ts';
import { translatePack } from '../../core/framework/translation.ts';
import { html } from '../page/html.ts';
import { guideRoutes } from './routes.ts';

describe('the framework guide', () => {
  let app: FastifyInstance;
  beforeAll(() => {
    app = fastify();
    app.setValidatorCompiler(validatorCompiler);
    guideRoutes(app);
  });
  afterAll(() => app.close());
  const get = (url: string, headers = {}) => app.inject({ url, headers });

  for (const language of languages)
    it(`has every rule of every pack, with purpose, places and example, in ${language}`, async () => {
      for (const pack of bundledPacks) {
        const { body, headers } = await get(`/framework/${pack.id}?lang=${language}`);
        expect(headers.vary).toContain('accept-language');
        expect(body).toContain(`<html lang="${language}" dir="ltr">`);
        expect(body).not.toMatch(/\{\w+\}|>undefined<| style="/);
        const shown = translatePack(pack, spanishPacks, language);
        expect(body).toContain(html`${shown.notice}`.text);
        for (const { id, field, purpose, help, places = [] } of shown.rules) {
          expect(body).toContain(`<tr id="${id}">`);
          for (const text of [field, purpose, help.write, help.example, help.mistake])
            expect(body).toContain(html`${text}`.text);
          for (const { path } of places) expect(body).toContain(html`${path.slice(2)}</code>`.text);
        }
        for (const { label } of shown.classes) expect(body).toContain(`<h2>${label}</h2>`);
      }
    });

  it('shows what one class requires, the default pack first, and the pack itself as a file', async () => {
    const rows = (body: string) => body.match(/<tr id=/g)?.length;
    const [pack] = bundledPacks;
    expect(rows((await get('/framework')).body)).toBe(pack.rules.length);
    const required = pack.rules.filter(({ expects }) => expects.application === 'required').length;
    expect(required).toBeLessThan(pack.rules.length);
    expect(rows((await get('/framework?class=application')).body)).toBe(required);
    const file = await get(`/framework/${pack.id}.json`);
    expect(file.headers['content-disposition']).toContain(`${pack.id}@${pack.version}.json`);
    expect(parsePack(file.json())).toMatchObject({ ok: true, pack: { id: pack.id } });
  });

  it('says in the reader’s language that there is no such pack, and which ones there are', async () => {
    const answer = await get('/framework/nothing<script>', { 'accept-language': 'es' });
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('No existe ese marco');
    for (const { id } of bundledPacks) expect(answer.body).toContain(`/framework/${id}`);
    expect(answer.body).not.toContain('<script');
  });
});
