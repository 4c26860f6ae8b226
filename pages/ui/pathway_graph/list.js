// The same page as a nested list: question, answers, what comes next.
class List {
  constructor(root, page, choose) {
    Object.assign(this, { root, page, choose });
    this.kinds = new Map(page.nodes.map((n) => [n.id, n.kind]));
    this.titles = new Map(page.nodes.map((n) => [n.id, n.title]));
    this.items = new Map();
    root.replaceChildren(page.heading ? html('h2', { class: 'caption' }, page.heading) : '', html('div', { class: 'list', role: 'group', 'aria-label': `${page.page} as a list` }, this.steps(page.list)));
    root.onclick = (event) => {
      const button = event.target.closest('button');
      if (button?.matches('.veil')) this.unveil(button);
      else if (button?.dataset.goes) {
        const target = this.items.get(button.dataset.goes);
        target.focus();
        target.scrollIntoView({ block: 'nearest', behavior: calm() ? 'auto' : 'smooth' });
      } else if (button) {
        this.update({ ...this.news, selected: button.dataset.node });
        this.choose(button.dataset.node);
      }
    };
  }

  steps(list) {
    return html('ol', { class: 'steps' }, ...list.map((step) => this.step(step)));
  }

  step({ node, answers }) {
    const button = html('button', { type: 'button', class: 'item', 'data-node': node, 'aria-pressed': 'false' },
      icon(this.kinds.get(node)),
      html('span', {}, html('span', { class: 'name' }, this.titles.get(node)), ' ', html('span', { class: 'state' })));
    this.items.set(node, button);
    const item = html('li', {}, button);
    if (answers.length === 1 && !answers[0].label) item.append(this.way(answers[0], 'span'));
    else if (answers.length) item.append(html('ul', { class: 'answers' }, ...answers.map((answer) => this.way(answer, 'li'))));
    return item;
  }

  way(answer, tag) {
    const item = html(tag, { class: 'way', 'data-edge': answer.edge });
    item.label = answer.label;
    if (answer.label && this.page.teach) item.append(html('button', { type: 'button', class: 'veil' }, 'Show the answer'));
    else if (answer.label) item.append(html('span', { class: 'answer' }, answer.label));
    if (answer.steps) item.append(this.steps(answer.steps));
    else if (answer.page) item.append(html('span', { class: 'goes' }, `goes on at ${answer.page}: ${answer.title}`));
    else if (!answer.then) {
      item.append(html('span', { class: 'goes' }, 'goes on at ', html('button', { type: 'button', class: 'jump', 'data-goes': answer.to }, answer.title)));
    }
    return item;
  }

  unveil(button) {
    const shown = html('span', { class: 'answer', tabindex: -1 }, button.parentElement.label);
    button.replaceWith(shown);
    shown.focus();
  }

  update(news) {
    this.news = news;
    const states = [...(news.states || '')];
    this.page.nodes.forEach((n, i) => {
      const button = this.items.get(n.id);
      const [state, here] = [states[i] || '', n.id === news.current];
      setState(button, state, here, n.id === news.selected);
      setState(button.firstChild, state);
      setState(button.firstChild.lastChild, state);
      const said = [STATE_WORDS[state], here ? 'you are here' : ''].filter(Boolean).join(', ');
      const words = button.querySelector('.state');
      if (words.textContent !== said) words.textContent = said;
    });
    this.page.edges.forEach((e, i) => {
      for (const way of this.root.querySelectorAll(`[data-edge="${CSS.escape(`${e.source}--${e.target}`)}"]`)) {
        if (way.label === e.label || !e.label) setState(way, (news.edges || '')[i] || '');
      }
    });
    if (!news.selected || document.documentElement.hasAttribute('data-box')) {     // what it says now covers the foot of a phone
      if (narrow() && news.selected !== this.brought) this.items.get(news.selected)?.scrollIntoView({ block: 'nearest' });
      this.brought = news.selected;
    }
    this.root.dataset.rev = [this.page.page, news.states || '', news.current || '', news.selected || ''].join('|');
  }
}
