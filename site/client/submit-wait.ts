/**
 * Stands before the button, so that nobody is faster than it: a press that comes before the script of the proof
 * waits for that, and is then sent with one press. A proof that does not come holds nobody up for long.
 */
const PATIENCE_MS = 15_000;
const WAITING = '正在准备安全验证，稍等片刻。';

const form = document.currentScript?.closest('form');
let waits = false;

function isReady(): boolean {
  return form?.querySelector('altcha-check[data-ready]') !== null;
}

function send() {
  waits = false;
  if (!form) return;
  if ('requestSubmit' in form) form.requestSubmit();
  else (form as HTMLFormElement).querySelector('button')?.click();
}

form?.addEventListener(
  'submit',
  (event) => {
    if (isReady()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waits) return;
    waits = true;
    const status = form.querySelector('[role="status"]');
    if (status) status.textContent = WAITING;
    form.addEventListener('ready', send, { once: true });
    // Without a proof it goes to the screening.
    setTimeout(() => waits && form.submit(), PATIENCE_MS);
  },
  { capture: true },
);
