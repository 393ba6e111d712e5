import { forgetDraft, hasLeft, markLeft } from './complaint-store.ts';

/**
 * Leaves at one press, or at Shift three times outside a field: what was typed is forgotten, and this page is replaced in the
 * history. Who comes back to a page of the form in this tab is sent on again.
 */
const AWAY = '/complaints/leave';
const PRESSES = 3;
const WITHIN_MS = 2000;

function leave() {
  forgetDraft();
  markLeft();
  window.location.replace(AWAY);
}

function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('textarea, input:not([type=radio], [type=checkbox])')
  );
}

class LeaveQuickly extends HTMLElement {
  connectedCallback() {
    let presses: number[] = [];
    this.querySelector('a')?.addEventListener('click', (event) => {
      event.preventDefault();
      leave();
    });
    document.addEventListener('keyup', (event) => {
      // Who types Chinese presses Shift to change to letters and back.
      if (event.key !== 'Shift' || isTyping(event)) {
        presses = [];
        return;
      }
      const now = Date.now();
      presses = [...presses.filter((at) => now - at < WITHIN_MS), now];
      if (presses.length >= PRESSES) leave();
    });
    window.addEventListener('pageshow', () => {
      if (hasLeft() && !document.querySelector('[data-start]')) window.location.replace(AWAY);
    });
  }
}

customElements.define('leave-quickly', LeaveQuickly);
