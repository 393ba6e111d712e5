import type { Kit } from '#db/kit.ts';
import type { TextSection } from '#rules/page-texts.ts';

/** Places, bodies, and what the county says of itself. */
export function definePlaces(k: Kit) {
  /**
   * The division tree. A place keeps its code for life; a reorganised one is ended (`validTo`) and names
   * its successor, so old lists and leads still find their name. Dates are civil, `validTo` exclusive.
   */
  const place = k.table(
    'place',
    {
      code: k.text('code').primaryKey(),
      name: k.text('name').notNull(),
      level: k.text('level').$type<'district' | 'town' | 'village'>().notNull(),
      parentCode: k.text('parent_code'),
      validFrom: k.text('valid_from').notNull(),
      validTo: k.text('valid_to'),
      successorCode: k.text('successor_code'),
      /** Whom residents may ask, as the village wants it published; both may be empty. */
      contactName: k.text('contact_name').notNull().default(''),
      contactPhone: k.text('contact_phone').notNull().default(''),
    },
    (t) => [k.index('place_parent').on(t.parentCode)],
  );

  /** An organisation that publishes, handles or supervises; `superiorCode` is the way upward. */
  const body = k.table('body', {
    code: k.text('code').primaryKey(),
    name: k.text('name').notNull(),
    kind: k.text('kind').$type<'bureau' | 'township' | 'village' | 'discipline'>().notNull(),
    placeCode: k.text('place_code').notNull(),
    superiorCode: k.text('superior_code'),
    validFrom: k.text('valid_from').notNull(),
    validTo: k.text('valid_to'),
    successorCode: k.text('successor_code'),
  });

  /** Former names of places and bodies, until the (exclusive) date. */
  const formerName = k.table(
    'former_name',
    {
      kind: k.text('kind').$type<'place' | 'body'>().notNull(),
      code: k.text('code').notNull(),
      name: k.text('name').notNull(),
      until: k.text('until').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.kind, t.code, t.until] })],
  );

  /** How offices write a village, confirmed once: below `scopeCode` (a town or the county), `written` means a place. */
  const placeAlias = k.table(
    'place_alias',
    {
      scopeCode: k.text('scope_code').notNull(),
      written: k.text('written').notNull(),
      placeCode: k.text('place_code').notNull(),
      confirmedBy: k.text('confirmed_by').notNull(),
      confirmedOn: k.text('confirmed_on').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.scopeCode, t.written] })],
  );

  const setting = k.table('setting', {
    key: k.text('key').primaryKey(),
    value: k.text('value').notNull(),
  });

  const standard = k.table('standard', {
    id: k.text('id').primaryKey(),
    placeCode: k.text('place_code').notNull(),
    aidType: k.text('aid_type').notNull(),
    areaType: k.text('area_type').$type<'urban' | 'rural'>().notNull(),
    /** Per person and month. */
    amountCents: k.integer('amount_cents').notNull(),
    effectiveFrom: k.text('effective_from').notNull(),
    documentNumber: k.text('document_number').notNull(),
    updatedOn: k.text('updated_on').notNull(),
    /** Of the last change; who edits names the one they read. */
    version: k.integer('version').notNull().default(1),
  });

  const hotline = k.table('hotline', {
    id: k.text('id').primaryKey(),
    placeCode: k.text('place_code').notNull(),
    unit: k.text('unit').notNull(),
    level: k.text('level').$type<'district' | 'town'>().notNull(),
    phone: k.text('phone').notNull(),
    secondPhone: k.text('second_phone').notNull().default(''),
    contact: k.text('contact').notNull().default(''),
    hours: k.text('hours').notNull().default(''),
    /** Order within the place. */
    position: k.integer('position').notNull().default(1),
    updatedOn: k.text('updated_on').notNull(),
    /** Published until that day. */
    endedOn: k.text('ended_on'),
    /** Counts the changes, so that a second editor notices the first. */
    revision: k.integer('revision').notNull().default(1),
  });

  /** Texts that staff edit: Markdown without HTML. `legalBasis` has one entry a line. */
  const pageText = k.table('page_text', {
    slug: k.text('slug').primaryKey(),
    section: k.text('section').$type<TextSection>().notNull(),
    position: k.integer('position').notNull(),
    title: k.text('title').notNull(),
    markdown: k.text('markdown').notNull(),
    legalBasis: k.text('legal_basis').notNull(),
    updatedOn: k.text('updated_on').notNull(),
    /** Lines `名称：内容` that stand at the top of the page. */
    overview: k.text('overview').notNull().default(''),
    /** Of the last change; who edits names the one they read. */
    version: k.integer('version').notNull().default(1),
    /** The day it was added by staff; null for the texts a portal starts with. */
    addedOn: k.text('added_on'),
    /** Taken off the site since; null: shown. */
    hiddenOn: k.text('hidden_on'),
    /** Of a policy: what document it is. Empty where there is nothing to say. */
    issuer: k.text('issuer').notNull().default(''),
    documentNumber: k.text('document_number').notNull().default(''),
    issuedOn: k.text('issued_on').notNull().default(''),
    effectiveFrom: k.text('effective_from').notNull().default(''),
    endedOn: k.text('ended_on').notNull().default(''),
    sourceUrl: k.text('source_url').notNull().default(''),
  });

  return { place, body, formerName, placeAlias, setting, standard, hotline, pageText };
}
