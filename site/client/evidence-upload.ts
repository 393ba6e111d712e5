import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge } from 'altcha-lib/types';
import { tellFound } from '#site/lib/evidence-words.ts';

/**
 * Sends files as soon as they are chosen, one after another, each paid for with a proof solved here; shows how
 * far each is, and why one was refused, while the others go on. Where no proof can be solved (no HTTPS) the
 * form sends them as it does without JavaScript.
 */
type Uploaded = {
  uploadId: string;
  name: string;
  typeLabel: string;
  found: { position: string | null; takenAt: string | null; device: string | null };
};
type Shown = { item: HTMLElement; name: HTMLElement; state: HTMLElement };
type Sent = { ok: true; upload: Uploaded } | { ok: false; reason: string; again: boolean };

const CUT_OFF = '网络中断，没有传完。重新选择这个文件再传一次。';

class EvidenceUpload extends HTMLElement {
  private queue: Promise<void> = Promise.resolve();
  private waiting = 0;

  connectedCallback() {
    const input = this.querySelector<HTMLInputElement>('input[type="file"]');
    if (!input || !isSecureContext) return;
    this.querySelector('.upload-button')?.remove();
    const takeChosen = () => {
      const files = Array.from(input.files ?? []);
      // Sent from here: the form must not send them once more.
      input.value = '';
      for (const file of files) this.take(file);
    };
    input.addEventListener('change', takeChosen);
    // On a slow phone some are chosen before this script has come.
    takeChosen();
    this.closest('form')?.addEventListener('submit', (event) => {
      if (this.waiting === 0) return;
      event.preventDefault();
      this.say('还有文件没有传完，传完后再按一次。');
    });
    this.addEventListener('click', (event) => this.drop(event));
  }

  private take(file: File) {
    const item = document.createElement('li');
    const name = addSpan(item, file.name, 'upload-name');
    const state = addSpan(item, '等待上传');
    this.list.append(item);
    const { most, bytes } = this.dataset;
    if (this.list.querySelectorAll('li:not([data-refused])').length > Number(most)) {
      this.refuse(item, state, `最多上传${most}个文件，这个没有上传。`);
      return;
    }
    if (file.size > Number(bytes)) {
      this.refuse(item, state, '文件超过50MB，没有上传。可以截短或者压缩后再传。');
      return;
    }
    this.waiting += 1;
    this.queue = this.sendAfter(this.queue, file, { item, name, state });
  }

  private async sendAfter(before: Promise<void>, file: File, at: Shown) {
    await before;
    const sent = await this.sendTwice(file, at.item, at.state);
    this.waiting -= 1;
    if (sent.ok) this.keep(at.item, at.name, at.state, sent.upload);
    else this.refuse(at.item, at.state, sent.reason);
  }

  /** What the network cut off is sent once more by itself. */
  private async sendTwice(file: File, item: Element, state: Element): Promise<Sent> {
    const bar = document.createElement('progress');
    bar.max = 1;
    bar.setAttribute('aria-label', `${file.name}上传进度`);
    item.append(bar);
    let sent: Sent = { ok: false, reason: CUT_OFF, again: true };
    for (let attempt = 1; attempt <= 2 && !sent.ok && sent.again; attempt += 1) {
      state.textContent = attempt === 1 ? '正在上传' : '网络中断，正在重传';
      sent = await send(file, (share) => (bar.value = share));
    }
    bar.remove();
    return sent;
  }

  private keep(item: Element, name: Element, state: Element, upload: Uploaded) {
    const hidden = document.createElement('input');
    Object.assign(hidden, { type: 'hidden', name: 'evidence', value: upload.uploadId });
    name.textContent = upload.name;
    state.textContent = `${upload.typeLabel}，已上传`;
    const told = tellFound(upload.found);
    if (told) addSpan(item, told, 'upload-found');
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', className: 'link-button', textContent: '去掉' });
    button.setAttribute('aria-label', `去掉${upload.name}`);
    button.value = upload.uploadId;
    item.append(hidden, button);
    this.say(`${upload.name}已上传。${told}`);
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  private refuse(item: HTMLElement, state: Element, reason: string) {
    item.dataset['refused'] = '';
    state.className = 'field-message';
    state.textContent = reason;
    this.say(`${item.querySelector('.upload-name')?.textContent ?? ''}：${reason}`);
  }

  private drop(event: Event) {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (!button?.classList.contains('link-button')) return;
    event.preventDefault();
    const item = button.closest('li');
    const body = JSON.stringify({ uploadId: button.value });
    const headers = { 'content-type': 'application/json' };
    void fetch('/api/uploads/removal', { method: 'POST', headers, body }).catch(() => undefined);
    this.say(`${item?.querySelector('.upload-name')?.textContent ?? ''}已去掉。`);
    item?.remove();
    this.dispatchEvent(new Event('change', { bubbles: true }));
    this.querySelector<HTMLElement>('input[type="file"]')?.focus();
  }

  private get list(): HTMLElement {
    return this.querySelector<HTMLElement>('[data-list]') ?? this;
  }

  private say(text: string) {
    const status = this.querySelector('[role="status"]');
    if (status) status.textContent = text;
  }
}

async function send(file: File, onProgress: (share: number) => void): Promise<Sent> {
  try {
    const asked = await fetch('/api/challenge');
    const challenge = (await asked.json()) as Challenge;
    const solution = await solveChallenge({ challenge, deriveKey });
    const form = new FormData();
    form.append('altcha', btoa(JSON.stringify({ challenge, solution })));
    form.append('file', file, file.name);
    return await post(form, onProgress);
  } catch {
    return { ok: false, reason: CUT_OFF, again: true };
  }
}

/** By XMLHttpRequest, because fetch does not tell how much has been sent. */
function post(form: FormData, onProgress: (share: number) => void): Promise<Sent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/uploads');
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / total));
    request.addEventListener('load', () => {
      const body = request.response as (Uploaded & { error?: { message: string } }) | null;
      const isOurs = request.status === 422 || request.status === 503;
      const reason = body?.error?.message ?? CUT_OFF;
      if (request.status === 201 && body) resolve({ ok: true, upload: body });
      else resolve({ ok: false, reason, again: !isOurs });
    });
    request.addEventListener('error', () => resolve({ ok: false, reason: CUT_OFF, again: true }));
    request.send(form);
  });
}

function addSpan(item: Element, text: string, className = ''): HTMLElement {
  const span = document.createElement('span');
  span.textContent = text;
  if (className) span.className = className;
  item.append(span);
  return span;
}

customElements.define('evidence-upload', EvidenceUpload);
