/** A button that prints the page; without JavaScript there is the browser's own. */
class PrintPage extends HTMLElement {
  connectedCallback() {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button-secondary';
    button.textContent = '打印';
    button.addEventListener('click', () => window.print());
    this.append(button);
  }
}

customElements.define('print-page', PrintPage);
