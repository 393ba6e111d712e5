import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';

type Schema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
};
type Operation = {
  requestBody?: { content: Record<string, { schema: Schema }> };
  parameters?: { name: string; in: string; schema?: Schema }[];
};
type Description = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

/** What nobody meant: other types, very long, odd characters, numbers at the edges. */
const odd = fc.oneof(
  fc.constantFrom(
    null,
    true,
    '',
    ' ',
    '\u0000',
    '\u202e阳光',
    '𠮷'.repeat(40),
    '0',
    '-1',
    '__proto__',
  ),
  fc.constantFrom(
    0,
    -1,
    1.5,
    2 ** 31,
    2 ** 53,
    1e308,
    '9'.repeat(400),
    'YG-2026-0000-00',
    '2026-13-40',
  ),
  fc.string({ maxLength: 30, unit: 'binary' }),
  fc.array(fc.constantFrom(null, 1, 'a', {}), { maxLength: 3 }),
  fc.dictionary(fc.string({ maxLength: 5 }), fc.constant(1), { maxKeys: 2 }),
);

/** Mostly what the schema asks for, here and there something odd. */
function arbitraryOf(
  schema: Schema,
  all: Description['components']['schemas'],
  depth = 0,
): fc.Arbitrary<unknown> {
  const { $ref, enum: values, properties, items } = schema;
  if ($ref) return arbitraryOf(all[$ref.split('/').at(-1) ?? ''] ?? {}, all, depth);
  const either = schema.anyOf ?? schema.oneOf;
  if (depth > 4) return odd;
  const meant = values
    ? fc.constantFrom(...values)
    : either
      ? fc.oneof(...either.map((each) => arbitraryOf(each, all, depth + 1)))
      : properties
        ? fc.record(
            Object.fromEntries(
              Object.entries(properties).map(([name, each]) => [
                name,
                arbitraryOf(each, all, depth + 1),
              ]),
            ),
            { requiredKeys: [] },
          )
        : items
          ? fc.array(arbitraryOf(items, all, depth + 1), { maxLength: 3 })
          : schema.type === 'string'
            ? fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('甲村', '2026-11-20', 'a'))
            : schema.type === 'boolean'
              ? fc.boolean()
              : schema.type === 'integer' || schema.type === 'number'
                ? fc.integer()
                : odd;
  return fc.oneof({ arbitrary: meant, weight: 5 }, { arbitrary: odd, weight: 1 });
}

/** Signing out or in would end the rest; other tests are about them. */
const LEFT_OUT = /session|sign-out|\/publications|\/resealing|\/renewal/;

async function describe(portal: FreshPortal): Promise<Description> {
  return (await (await portal.call('/api/openapi.json')).json()) as Description;
}

function listOperations({ paths }: Description) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      path.startsWith('/api/') && !LEFT_OUT.test(path) ? [{ path, method, operation }] : [],
    ),
  );
}

test.each(['', 'triage', 'leader', 'security', 'publisher'])(
  'whatever is sent to the API, it answers with a reason and never with a failure of its own (%s)',
  async (login) => {
    await using portal = await createPortal();
    const description = await describe(portal);
    const schemas = description.components.schemas;
    const known = portal.accounts.some((account) => account.login === login);
    const cookie = known ? await portal.signIn(login) : '';
    const failures: string[] = [];
    for (const { path, method, operation } of listOperations(description)) {
      if (login !== '' && !path.startsWith('/api/staff')) continue;
      const body = operation.requestBody?.content['application/json']?.schema;
      const parts = path.match(/\{\w+\}/g) ?? [];
      const query = (operation.parameters ?? []).filter((each) => each.in === 'query');
      const input = fc.tuple(
        fc.array(
          fc.oneof(
            fc.constantFrom('1', 'YG-2026-0000-00', '%00', 'a b', '..'),
            fc.string({ minLength: 1, maxLength: 8 }),
          ),
          {
            minLength: parts.length,
            maxLength: parts.length,
          },
        ),
        body ? arbitraryOf(body, schemas) : fc.constant(undefined),
        fc.record(
          Object.fromEntries(query.map(({ name }) => [name, fc.string({ maxLength: 6 })])),
          {
            requiredKeys: [],
          },
        ),
      );
      for (const [values, json, asked] of fc.sample(input, {
        numRuns: login === '' ? 12 : 4,
        seed: 42,
      })) {
        const left = [...values];
        const filled = path.replace(/\{\w+\}/g, () => encodeURIComponent(left.shift() ?? ''));
        const address = `${filled}?${new URLSearchParams(asked as Record<string, string>)}`;
        const init = { cookie, method: method.toUpperCase(), ...(body ? { json } : {}) };
        const { status } = await portal.call(address, init);
        if (status >= 500) failures.push(`${status} ${method} ${address} ${JSON.stringify(json)}`);
      }
    }
    expect(failures).toEqual([]);
  },
  240_000,
);
