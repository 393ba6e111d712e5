/**
 * Says below a text how many characters are left, counted as a reader counts them. It stops nobody from
 * writing on: too long is an error when the page is sent.
 */
const PAUSE_MS = 1000;

function count(text: string): number {
  if (!('Segmenter' in Intl)) return Array.from(text).length;
  return Array.from(new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)).length;
}

class CharacterCount extends HTMLElement {
  connectedCallback() {
    const text = this.querySelector('textarea');
    const status = this.querySelector('[role="status"]');
    const limit = Number(this.dataset['limit']);
    if (!text || !status || !limit) return;
    let waiting = 0;
    // After a pause, so that a screen reader is not interrupted at every key.
    function say() {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        const left = limit - count(text?.value ?? '');
        if (status) status.textContent = left < 0 ? `多了${-left}个字。` : `还可以写${left}个字。`;
      }, PAUSE_MS);
    }
    text.addEventListener('input', say);
  }
}

customElements.define('character-count', CharacterCount);
