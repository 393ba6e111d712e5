import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { fillDemo } from '#scripts/demo-content.ts';
import { PORTAL_START } from './fresh-portal.ts';
import { PICTURES } from './pictures.ts';
import type { Picture } from './pictures.ts';
import { runPortal } from './running-portal.ts';

/**
 * `npm run screenshots`: takes the pictures of docs/pictures anew, from a filled demo on one invented morning.
 * With names as arguments only those.
 */
const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const WIDE = { width: 1000, height: 760 };
const NARROW = { width: 375, height: 720 };
const SCALE = 1.5;
/** Drawn by chance; the same in every picture. */
const REFERENCES = ['7K3F-9Q', '4M8T-2A', 'Q6WX-H5', 'D1RV-7C', 'N9BE-3K', 'T5YG-8P', 'A2ZJ-6M'];

const machine = Date.now;
let ahead = PORTAL_START - machine();
Date.now = () => machine() + ahead;

const wanted = process.argv.slice(2);
const portal = await runPortal();
try {
  await fillDemo(portal.call, portal.accounts, () => undefined);
  // The codes with which it signed in are used up.
  ahead += 120_000;
  mkdirSync(FOLDER, { recursive: true });
  if (wanted.length === 0) rmSync(FOLDER, { recursive: true });
  mkdirSync(FOLDER, { recursive: true });
  const pages = new Map<string, Page>();
  for (const picture of PICTURES) {
    const page = await openFor(picture, pages);
    await page.goto(picture.path);
    await picture.act?.(page);
    if (wanted.length > 0 && !wanted.includes(picture.name)) continue;
    await page.evaluate(renameLeads, REFERENCES);
    const size = await take(page, picture);
    console.log(`${picture.name} ${Math.round(size / 1024)} KB`);
  }
} finally {
  await portal.close();
}
process.exit(0);

/** The window of that person, of the picture's shape. */
async function openFor({ login, narrow, height }: Picture, pages: Map<string, Page>) {
  const key = login ?? (narrow ? 'phone' : '');
  const shape = narrow ? NARROW : WIDE;
  const viewport = { ...shape, height: height ?? shape.height };
  const options = { viewport, deviceScaleFactor: SCALE };
  const known = pages.get(key);
  const page =
    known ??
    (login
      ? (await portal.signInWindow(login, options)).page
      : await (await portal.openWindow(options)).newPage());
  pages.set(key, page);
  await page.setViewportSize(viewport);
  return page;
}

async function take(page: Page, { name }: Picture): Promise<number> {
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  const packed = await sharp(png).webp({ quality: 60, effort: 6, smartSubsample: true }).toBuffer();
  writeFileSync(`${FOLDER}${name}.webp`, packed);
  return packed.length;
}

/** Runs in the page: numbers of leads that chance has drawn, by their order on it. */
function renameLeads(references: string[]): void {
  const seen: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    node.textContent = (node.textContent ?? '').replaceAll(
      /(?<=-\d{4}-)[0-9A-Z]{4}-[0-9A-Z]{2}\b/g,
      (own) => {
        if (!seen.includes(own)) seen.push(own);
        return references[seen.indexOf(own) % references.length] ?? own;
      },
    );
  }
}
