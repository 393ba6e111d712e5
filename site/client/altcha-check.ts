import 'altcha/external';
import 'altcha/i18n/zh-cn';
import workerUrl from 'altcha/workers/pbkdf2?worker&url';
import type { Configuration } from 'altcha/types';

/**
 * The proof of work on a form: solved when the form is submitted, with one press. Where it cannot be
 * (no HTTPS, no challenge) the widget would block the form, so it goes and the form is sent without a proof.
 */
const CONFIGURATION: Partial<Configuration> = {
  hideLogo: true,
  hideFooter: true,
  // Samples how a person moves and scrolls; nothing here needs to know.
  humanInteractionSignature: false,
};

/** The widget's own label asks for a press that nobody needs to make. */
const LABEL = '安全验证：提交时自动完成';

const WORDS: Partial<Record<string, string>> = {
  verifying: '正在进行安全验证，稍等片刻。',
  verified: '安全验证已完成，正在提交。',
  expired: '安全验证已过期，再按一次提交。',
};
const GIVEN_UP = '无法自动验证，仍可提交，将先由人工核对。';

class AltchaCheck extends HTMLElement {
  connectedCallback() {
    const status = this.querySelector('[role="status"]');
    if (!status) return;
    if (!isSecureContext) {
      status.textContent = GIVEN_UP;
      this.tellReady();
      return;
    }
    let state = '';
    const widget = document.createElement('altcha-widget');
    widget.setAttribute('challenge', '/api/challenge');
    widget.setAttribute('auto', 'onsubmit');
    widget.setAttribute('configuration', JSON.stringify(CONFIGURATION));
    widget.addEventListener('statechange', (event) => {
      ({ state } = (event as CustomEvent<{ state: string }>).detail);
      if (state === 'error') widget.remove();
      status.textContent =
        state === 'error' ? `${GIVEN_UP}再按一次提交即可。` : (WORDS[state] ?? '');
    });
    widget.addEventListener('load', () => this.tellReady());
    // The widget lets a second press through while it solves; that would be sent without a proof.
    this.closest('form')?.addEventListener('submit', (event) => {
      if (state === 'verifying') event.preventDefault();
    });
    this.prepend(widget);
  }

  /** A press that waited for this goes on (`submit-wait.ts`). */
  private tellReady() {
    this.dataset['ready'] = '';
    this.dispatchEvent(new Event('ready', { bubbles: true }));
  }
}

$altcha.i18n.set('zh-cn', { ...$altcha.i18n.get('zh-cn'), label: LABEL });
$altcha.algorithms.set('PBKDF2/SHA-256', () => new Worker(workerUrl, { type: 'module' }));
customElements.define('altcha-check', AltchaCheck);
