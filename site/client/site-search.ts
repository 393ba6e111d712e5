import type { SearchFile } from '#rules/public-search.ts';
import { SEARCH_KINDS } from '#rules/search-kinds.ts';
import { createSearchIndex, search } from '#rules/search-match.ts';
import type { Found, SearchIndex } from '#rules/search-match.ts';

/** Shows what is found while somebody types. What is typed stays in the browser. */

let loading: Promise<SearchIndex> | undefined;

function loadIndex(): Promise<SearchIndex> {
  loading ??= fetch('/search.json').then(async (answer) => {
    if (!answer.ok) throw new Error(`search.json: ${answer.status}`);
    return createSearchIndex((await answer.json()) as SearchFile);
  });
  // Another key press tries again.
  loading.catch(() => (loading = undefined));
  return loading;
}

class SiteSearch extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector('form');
    const input = this.querySelector('input');
    const list = this.querySelector('ul');
    const status = this.querySelector('[role="status"]');
    if (!form || !input || !list || !status) return;
    const most = Number(this.dataset['most']);
    const isSearchPage = location.pathname === '/search/';

    const show = async () => {
      const typed = input.value.trim();
      const found = typed === '' ? [] : await loadIndex().then((index) => search(index, typed));
      // Something else was typed meanwhile.
      if (typed !== input.value.trim()) return;
      list.replaceChildren(...found.slice(0, most).map(createResult));
      list.hidden = found.length === 0;
      status.textContent = typed === '' ? '' : describe(found.length, most);
    };
    const showOrSay = () => {
      show().catch(() => (status.textContent = '现在不能查找，可以按下面的目录选择。'));
    };
    input.addEventListener('focus', () => void loadIndex().catch(() => undefined), { once: true });
    input.addEventListener('input', showOrSay);
    form.addEventListener('submit', (event) => {
      const only = list.children.length === 1 ? list.querySelector('a') : null;
      if (only) {
        event.preventDefault();
        location.assign(only.href);
      } else if (isSearchPage) {
        event.preventDefault();
        showOrSay();
      }
    });
    const asked = isSearchPage ? new URLSearchParams(location.search).get('q') : null;
    if (asked) input.value = asked;
    if (input.value !== '') showOrSay();
  }
}

function describe(count: number, most: number): string {
  if (count === 0) return '没有找到。可以少输几个字，或者按下面的目录选择。';
  return count > most
    ? `找到${count}个，先列出${most}个，再输几个字可以缩小范围。`
    : `找到${count}个。`;
}

function createResult({ kind, title, note, href }: Found): HTMLElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = href;
  link.textContent = title;
  const aside = document.createElement('span');
  aside.className = 'small';
  aside.textContent =
    kind === 'place' ? note : [SEARCH_KINDS[kind], note].filter(Boolean).join('：');
  item.append(link, ' ', aside);
  return item;
}

customElements.define('site-search', SiteSearch);
