import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { expect, test } from 'vitest';
import { listSamplePaths, renderPage } from './render.ts';

const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ['html-validate:recommended'],
    rules: {
      // How Astro writes, not what it means.
      'attribute-boolean-style': 'off',
      'doctype-style': 'off',
      'no-trailing-whitespace': 'off',
      'void-style': 'off',
      // Counts characters as if they were Latin.
      'long-title': 'off',
      // Tables whose rows become cards lose their meaning where `display` changes; the roles keep it.
      'no-redundant-role': 'off',
      // A frame that scrolls is a region by its role, not a part of the outline.
      'prefer-native-element': ['error', { exclude: ['region'] }],
      // Several answers of one question.
      'form-dup-name': ['error', { shared: ['radio', 'button', 'submit', 'checkbox'] }],
      // `.phone` does not break.
      'tel-non-breaking': 'off',
    },
  }),
);

async function listFaults(path: string): Promise<string[]> {
  const { html } = await renderPage(path);
  const { results } = await validator.validateString(html, path);
  return results
    .flatMap((result) => result.messages)
    .map(({ ruleId, message, selector }) => `${ruleId}: ${message} at ${selector}`);
}

const pages = (await listSamplePaths()).filter((path) => /(\/|\.html)$/.test(path));

test.each([...pages, '/components/', '/500'])('%s is valid HTML', async (path) => {
  expect(await listFaults(path)).toEqual([]);
});

test('the validator can fail', async () => {
  const { results } = await validator.validateString('<p><div id="a"></div><i id="a"></p>');
  const rules = results.flatMap((result) => result.messages).map((message) => message.ruleId);
  expect(rules).toEqual(expect.arrayContaining(['no-dup-id', 'close-order']));
});
