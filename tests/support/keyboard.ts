import type { Page } from 'playwright-core';

/** A page longer to walk than this is no page for a keyboard. */
const MOST_TABS = 80;

/** What has the focus: its name as it is read aloud, and whether it is seen. */
async function readFocus(page: Page): Promise<{ name: string; isSeen: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null;
    if (!element || element === document.body) return { name: '', isSeen: true };
    const label = element.labels?.[0]?.innerText;
    const named = document.getElementById(element.getAttribute('aria-labelledby') ?? '')?.innerText;
    const own = element.getAttribute('aria-label') ?? label ?? named ?? element.innerText;
    const shown = [element, element.labels?.[0], element.parentElement];
    const isSeen = shown.some((each) => each && getComputedStyle(each).outlineStyle !== 'none');
    return { name: own.trim(), isSeen };
  });
}

/** Goes on with Tab to what bears this name; throws where it cannot be reached or the focus is not seen. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    await page.keyboard.press('Tab');
    const focus = await readFocus(page);
    if (!focus.isSeen) throw new Error(`the focus on ${focus.name} is not seen`);
    if (focus.name.split('\n')[0]?.trim() === name) return;
  }
  throw new Error(`${name} is not reached with the keyboard`);
}

/** Chooses one of several answers: to the group with Tab, then on with the arrow. */
export async function chooseByKey(page: Page, name: string): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    await page.keyboard.press('Tab');
    const type = await page.evaluate(() => document.activeElement?.getAttribute('type'));
    if (type === 'radio') break;
  }
  for (let arrows = 0; arrows < MOST_TABS; arrows += 1) {
    if ((await readFocus(page)).name.startsWith(name)) {
      await page.keyboard.press('Space');
      return;
    }
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${name} is not among the answers`);
}
