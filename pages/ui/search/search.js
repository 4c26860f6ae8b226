// Search over everything, in a dialog: a button or Ctrl/Cmd+K opens it. What is typed goes to the own server, letter by
// letter, is answered and forgotten; nothing of it stays in the tab once the dialog is closed.
const search = (() => {
  const finder = { now: null, keys: false };
  const finds = new WeakMap();
  const PATIENCE = 1500;                                     // wait for an answer before asking again [ms]
  const EMPTY_WORDS = 'Trials, pages, boxes, terms, lesions, agents. Misspellings are understood.';

  function search({ parentElement, data, setTriggerValue }) {
    let m = finds.get(parentElement);
    if (!m) {
      dress(parentElement);
      const part = (name) => parentElement.querySelector(name);
      m = { dialog: part('dialog'), input: part('input'), said: part('.finder-said'), list: part('.finder-results'), n: 0, rows: [], at: -1 };
      finds.set(parentElement, m);
      part('.find-open').onclick = () => openFinder(m);
      part('.finder-close').onclick = () => closeFinder(m);
      m.input.oninput = () => ask(m);
      m.input.onkeydown = (event) => pressed(m, event);
      m.dialog.oncancel = (event) => { event.preventDefault(); closeFinder(m); };
      m.dialog.onclick = (event) => { if (event.target === m.dialog) closeFinder(m); };
      m.list.onclick = (event) => { const row = event.target.closest('[role=option]'); if (row) choose(m, Number(row.dataset.at)); };
    }
    m.tell = (event, value) => tellWhenHeard(() => setTriggerValue(event, value));
    finder.now = m;
    if (!finder.keys) {
      finder.keys = true;
      window.addEventListener('keydown', (event) => {
        if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
        if (!finder.now.dialog.isConnected) return;          // a page without it, as the one for families
        event.preventDefault();
        if (finder.now.dialog.open) closeFinder(finder.now); else openFinder(finder.now);
      }, true);
      window.addEventListener('explorer:open', ({ detail }) => { toMain(); finder.now.tell('open', detail); });
    }
    if (data.n && data.n === m.n && m.waiting) answered(m, data);
  }

  function openFinder(m) {
    if (m.dialog.open) return;
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    m.back = active;
    m.dialog.showModal();
    m.said.textContent = EMPTY_WORDS;
    m.input.focus();
    m.tell('query', { n: 0, text: '' });                     // the server gets its index ready
  }

  function closeFinder(m, back = true) {
    clearTimeout(m.timer);
    m.input.value = '';
    Object.assign(m, { n: m.n + 1, waiting: false, enter: false, asked: '' });
    rowsOf(m, []);
    m.said.textContent = '';
    m.dialog.close();
    if (back) m.back?.focus?.({ preventScroll: true });
    m.back = null;
  }

  function ask(m) {
    const text = m.input.value;
    m.enter = false;
    if (!text.trim()) {
      m.n += 1;
      m.waiting = false;
      rowsOf(m, []);
      m.said.textContent = EMPTY_WORDS;
      return;
    }
    if (m.waiting) return;
    Object.assign(m, { n: m.n + 1, waiting: true, asked: text });
    m.list.setAttribute('aria-busy', 'true');
    m.tell('query', { n: m.n, text });
    clearTimeout(m.timer);
    m.timer = setTimeout(() => { if (m.waiting) { m.waiting = false; ask(m); } }, PATIENCE);
  }

  function answered(m, { rows, said, near }) {
    clearTimeout(m.timer);
    m.waiting = false;
    if (!m.dialog.open) return;
    m.near = near;
    rowsOf(m, rows);
    m.said.textContent = said;
    m.list.setAttribute('aria-busy', String(m.input.value !== m.asked));
    if (m.input.value !== m.asked) { const enter = m.enter; ask(m); m.enter = enter; return; }
    if (m.enter && !near && rows.length) choose(m, 0);
  }

  function rowsOf(m, rows) {
    m.rows = rows;
    m.list.setAttribute('aria-busy', 'false');
    m.list.replaceChildren(...rows.map(([, , title, note], at) => el('li', { role: 'option', id: `finder-${at}`, 'data-at': at, 'aria-selected': 'false' },
      el('span', { class: 'title' }, title), el('span', { class: 'small quiet' }, note))));
    m.input.setAttribute('aria-expanded', String(rows.length > 0));
    point(m, -1);
  }

  function point(m, at) {
    m.at = at;
    [...m.list.children].forEach((row, i) => row.setAttribute('aria-selected', String(i === at)));
    if (at >= 0) m.input.setAttribute('aria-activedescendant', `finder-${at}`); else m.input.removeAttribute('aria-activedescendant');
    m.list.children[at]?.scrollIntoView({ block: 'nearest' });
  }

  function pressed(m, event) {
    const last = m.rows.length - 1;
    const to = { ArrowDown: m.at >= last ? 0 : m.at + 1, ArrowUp: m.at <= 0 ? last : m.at - 1 }[event.key];
    if (to !== undefined && last >= 0) { event.preventDefault(); point(m, to); }
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); closeFinder(m); }
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      if (m.at >= 0) choose(m, m.at);
      else if (m.waiting || m.input.value !== m.asked) m.enter = true;
      else if (last >= 0 && !m.near) choose(m, 0);
    }
  }

  function choose(m, at) {
    const [kind, id] = m.rows[at];
    closeFinder(m, false);
    toMain();
    m.tell('open', { kind, id });
  }

  function toMain() {                                        // where focus goes while the page changes
    document.querySelector('[data-testid="stMain"]')?.focus({ preventScroll: true });
  }

  return search;
})();
