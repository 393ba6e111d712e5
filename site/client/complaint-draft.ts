import { forgetDraft, keepDraft, readDraft, unmarkLeft } from './complaint-store.ts';
import type { Kept } from './complaint-store.ts';

/**
 * Around a page of the complaint form: keeps what is typed until the page is sent, and puts it back after a
 * reload. Where the form is lost, it is offered again; where it is sent (`data-done`), it is forgotten.
 */
const RESTORED = '上次在这一页写了、还没有按“继续”的内容，已经放回来了。';

class ComplaintDraft extends HTMLElement {
  connectedCallback() {
    if ('done' in this.dataset) forgetDraft();
    else if ('start' in this.dataset) unmarkLeft();
    else if ('lost' in this.dataset) this.offer();
    else this.watch();
  }

  private watch() {
    const form = this.querySelector('form');
    const [id = '', step = ''] = [this.dataset['form'], this.dataset['step']];
    const status = this.querySelector('[role="status"]');
    if (!form) return;
    const kept = readDraft();
    // A page that came back with errors shows what was typed already.
    const hasErrors = document.getElementById('error-summary') !== null;
    if (kept?.form === id && kept.step === step && !hasErrors && putBack(form, kept.fields)) {
      if (status) status.textContent = RESTORED;
    }
    const keep = () =>
      keepDraft({ form: id, step, draft: valueOf(form, 'draft'), fields: typedIn(form) });
    keep();
    form.addEventListener('input', keep);
    form.addEventListener('change', keep);
  }

  private offer() {
    const kept = readDraft();
    if (!kept?.draft) return;
    const form = document.createElement('form');
    form.method = 'post';
    form.action = '/complaints/new';
    const [step = '', index = '0'] = kept.step.split(':');
    const hidden = [['draft', kept.draft], ['step', step], ['index', index], ...kept.fields];
    for (const [name = '', value = ''] of [...hidden, ['go', `${step}:${index}`]]) {
      const input = document.createElement('input');
      Object.assign(input, { type: 'hidden', name, value });
      form.append(input);
    }
    const button = document.createElement('button');
    Object.assign(button, { className: 'button', textContent: '接着刚才的填写' });
    form.append(button);
    const status = this.querySelector('[role="status"]');
    if (status) status.textContent = '这个窗口里还留着刚才填写的内容。';
    this.append(form);
  }
}

function typedIn(form: HTMLFormElement): Kept['fields'] {
  const hidden = Array.from(form.querySelectorAll<HTMLInputElement>('input[type="hidden"]'));
  const names = hidden.map((input) => input.name);
  return Array.from(new FormData(form)).flatMap(([name, value]) =>
    typeof value === 'string' && !names.includes(name) ? [[name, value]] : [],
  );
}

/** Whether anything was put back that was not there already. */
function putBack(form: HTMLFormElement, fields: Kept['fields']): boolean {
  if (JSON.stringify(typedIn(form)) === JSON.stringify(fields)) return false;
  for (const control of Array.from(form.elements)) {
    if (control instanceof HTMLInputElement && ['radio', 'checkbox'].includes(control.type)) {
      control.checked = fields.some(
        ([name, value]) => name === control.name && value === control.value,
      );
    } else if (isText(control)) {
      control.value = fields.find(([name]) => name === control.name)?.[1] ?? control.value;
    }
  }
  return true;
}

function isText(
  control: Element,
): control is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  if (control instanceof HTMLInputElement) return control.type === 'text';
  return control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement;
}

function valueOf(form: HTMLFormElement, name: string): string {
  return form.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? '';
}

customElements.define('complaint-draft', ComplaintDraft);
