// The form: one look for numbers with units, choices, findings and residual disease. It shows; the server reads and judges.
const forms = new WeakMap();
const alive = new Set();
const UNKNOWN = 'Not known yet';
const plain = (text) => text.toLowerCase().replace(/[^a-z0-9+]/g, '');

function fields({ parentElement, data, setTriggerValue }) {
  let m = forms.get(parentElement);
  if (!m) {
    dress(parentElement);
    m = { box: parentElement.querySelector('.form'), root: parentElement, made: new Map(), parts: new Map(), open: new Set(), find: '' };
    forms.set(parentElement, m);
    alive.add(m);
  }
  if (m.epoch !== data.epoch) {
    m.epoch = data.epoch;
    m.entries = { ...data.entries };
    m.reset = true;
  }
  m.data = data;
  for (const s of data.sections) s.keys ??= Object.keys(FACTS).filter((key) => FACTS[key].group === s.id);
  m.send = () => {
    const values = {};
    for (const key of m.made.keys()) values[key] = m.entries[key] ?? null;
    if (connected()) setTriggerValue('entries', { epoch: m.epoch, values });
    untilHeard(m);
  };
  m.unheard = false;
  draw(m);
  m.reset = false;
}

function untilHeard(m) {                                   // says it again when the line is back
  const until = Date.now() + 5000;
  let broken = !connected();
  m.unheard = true;
  clearInterval(m.watch);
  m.watch = setInterval(() => {
    broken ||= !connected();
    if (!m.unheard || (!broken && Date.now() > until)) clearInterval(m.watch);
    else if (broken && connected()) m.send();
  }, 100);
}

function draw(m) {
  m.box.classList.toggle('compact', !!m.data.compact);
  const wanted = m.data.sections.map((s) => part(m, s));
  keepOrder(m.box, wanted);
  for (const section of m.data.sections) fill(m, section);
}

function keepOrder(box, nodes) {                           // what is moved loses the focus: all else goes around what has it
  for (const kid of [...box.children]) if (!nodes.includes(kid)) kid.remove();
  const active = box.getRootNode().activeElement;
  const still = active ? nodes.findIndex((node) => box.contains(node) && node.contains(active)) : -1;
  for (let at = still - 1; at >= 0; at -= 1) if (nodes[at + 1].previousSibling !== nodes[at]) box.insertBefore(nodes[at], nodes[at + 1]);
  for (let at = still + 1; at < nodes.length; at += 1) {
    const next = at ? nodes[at - 1].nextSibling : box.firstChild;
    if (next !== nodes[at]) box.insertBefore(nodes[at], next);
  }
}

function part(m, section) {
  if (m.parts.has(section.id)) return m.parts.get(section.id);
  const node = el('section', { class: 'group' });
  if (section.title) {
    node.append(el('h2', { class: 'group-title' }, el('button', { type: 'button', class: 'group-open' })));
    node.querySelector('button').onclick = () => {
      m.open.has(section.id) ? m.open.delete(section.id) : m.open.add(section.id);
      fill(m, m.data.sections.find((s) => s.id === section.id));
    };
  }
  node.append(el('div', { class: 'group-find' }), el('div', { class: 'group-fields' }));
  m.parts.set(section.id, node);
  return node;
}

function fill(m, section) {
  const node = m.parts.get(section.id);
  const open = m.open.has(section.id);
  const focused = m.root.activeElement?.closest('.field')?.dataset.key;
  const keys = section.keys.filter((key) => open || section.shown.includes(key) || key === focused);
  const button = node.querySelector('.group-open');
  if (button) {
    const rest = section.keys.length - section.shown.length;
    button.replaceChildren(el('span', { class: 'group-name' }, section.title),
      el('span', { class: 'group-more' }, !rest ? '' : open ? 'fewer' : section.shown.length ? `${rest} more` : `${rest} ${rest === 1 ? 'question' : 'questions'}`));
    button.setAttribute('aria-expanded', String(open || !rest));
    button.disabled = !rest;
  }
  node.classList.toggle('folded', keys.length === 0);
  finder(m, section, node.querySelector('.group-find'), open);
  keepOrder(node.querySelector('.group-fields'), keys.map((key) => field(m, key)));
  for (const key of keys) refresh(m, key);
  sift(m, section);
}

function finder(m, section, box, open) {
  if (!section.filter || !open) { box.replaceChildren(); return; }
  if (box.firstChild) return;
  const id = `find-${section.id}`;
  const input = el('input', { type: 'search', id, autocomplete: 'off', spellcheck: 'false', placeholder: 'Ph+, MLL, TEL-AML1 ...' });
  input.oninput = () => { m.find = plain(input.value); sift(m, section); };
  box.append(el('label', { for: id }, 'Find a gene or a change'), input, el('p', { class: 'hint', role: 'status' }));
}

function sift(m, section) {
  if (!section.filter) return;
  const node = m.parts.get(section.id);
  const looking = m.open.has(section.id) ? m.find : '';
  let hits = 0;
  for (const line of node.querySelectorAll('.field')) {
    const fact = FACTS[line.dataset.key];
    line.hidden = !!looking && !fact.words.some((word) => word.includes(looking));
    hits += line.hidden ? 0 : 1;
  }
  const status = node.querySelector('.group-find .hint');
  if (status) status.textContent = looking ? `${hits} of ${section.keys.length} shown` : '';
}

function field(m, key) {
  if (m.made.has(key)) return m.made.get(key);
  const fact = FACTS[key];
  const node = { number, choice, finding, mrd }[fact.kind](m, key, fact);
  node.dataset.key = key;
  node.classList.add('field', fact.kind);
  node.append(el('div', { class: 'note', id: `note-${key}`, 'aria-live': 'polite' }));
  m.made.set(key, node);
  return node;
}

function put(m, key, change) {                             // a new entry; what was confirmed before is not any more
  const entry = { ...(m.entries[key] ?? {}), ...change };
  if (!('confirmed' in change)) delete entry.confirmed;
  for (const name of Object.keys(entry)) if (entry[name] === null || entry[name] === '') delete entry[name];
  if (Object.keys(entry).length) m.entries[key] = entry; else delete m.entries[key];
  remember(m.epoch, key, m.entries[key]);
  m.send();
}

const head = (fact, tag, attrs = {}) => [el(tag, { class: 'name', ...attrs }, fact.label),
  fact.ask ? el('p', { class: 'hint' }, fact.ask) : null];

function chips(name, options, legend, pick) {              // options: [[value, text], ...]
  const box = el('div', { class: 'chips', role: 'radiogroup', 'aria-label': legend });
  for (const [value, text, title] of options) {
    const input = el('input', { type: 'radio', name, value });
    input.onchange = () => pick(value);
    box.append(el('label', { class: 'chip', title }, input, el('span', {}, text)));
  }
  return box;
}

function typed(key, label, describe, pick) {
  const input = el('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off', maxlength: 14, id: `in-${key}`,
    'aria-label': label, 'aria-describedby': describe });
  let last = null;
  let timer = null;
  const send = () => { clearTimeout(timer); if (input.value.trim() !== last) { last = input.value.trim(); pick(last); } };
  input.oninput = () => { clearTimeout(timer); timer = setTimeout(send, 900); };
  input.onchange = send;
  input.onkeydown = (event) => { if (event.key === 'Enter') { event.preventDefault(); send(); } };
  input.write = (text) => { clearTimeout(timer); last = text; if (input.value !== text) input.value = text; };
  return input;
}

function number(m, key, fact) {
  const input = typed(key, fact.label, `note-${key}`, (text) => put(m, key, { value: text }));
  const many = fact.units.length > 1;
  const unit = many ? chips(`unit-${key}`, fact.units.map((u) => [u, fact.unit_words[u] ?? u]), `Unit of ${fact.label}`, (u) => put(m, key, { unit: u }))
    : el('span', { class: 'suffix' }, fact.units[0] ?? '');
  const node = el('div', {}, ...head(fact, 'label', { for: `in-${key}` }), el('div', { class: 'row' }, input, unit));
  node.read = (entry) => {
    if (m.reset || m.root.activeElement !== input) input.write(entry.value ?? '');
    if (many) tick(node, entry.unit);
  };
  return node;
}

function tick(node, value) {
  for (const input of node.querySelectorAll('input[type=radio]')) input.checked = input.value === (value ?? '');
}

function choice(m, key, fact) {
  const long = fact.choices.reduce((sum, [, text]) => sum + text.length, 0) > (fact.choices.length > 3 ? 48 : 64);
  if (long) return picked(m, key, fact);
  const node = el('div', {}, ...head(fact, 'p'), chips(`c-${key}`, [...fact.choices, ['', UNKNOWN]], fact.label, (v) => put(m, key, { choice: v })));
  node.read = (entry) => tick(node, entry.choice);
  return node;
}

function picked(m, key, fact) {
  const select = el('select', { id: `in-${key}`, 'aria-describedby': `note-${key}` },
    el('option', { value: '' }, fact.empty ?? UNKNOWN), ...fact.choices.map(([value, text]) => el('option', { value }, text)));
  select.onchange = () => put(m, key, { choice: select.value });
  const node = el('div', {}, ...head(fact, 'label', { for: `in-${key}` }), select);
  node.read = (entry) => { select.value = entry.choice ?? ''; };
  return node;
}

function finding(m, key, fact) {
  const [yes, no] = fact.answers;
  const node = el('div', {}, el('div', { class: 'what' }, ...head(fact, 'p')),
    chips(`f-${key}`, [['present', yes], ['absent', no], ['', fact.unknown]], fact.label, (v) => put(m, key, { finding: v })));
  node.read = (entry) => tick(node, entry.finding);
  return node;
}

function mrd(m, key, fact) {
  const options = [['percent', 'A percentage'], ['negative', 'Called negative'], ['positive', 'Called positive'], ['', UNKNOWN]];
  const ways = chips(`m-${key}`, options, `${fact.label}: a percentage, or what the laboratory calls it`,
    (v) => { put(m, key, { call: v, percent: null, sensitivity: null }); refresh(m, key); });
  const input = typed(key, fact.label, `note-${key}`, (text) => put(m, key, { [input.dataset.name]: text }));
  const caption = el('label', { class: 'hint', for: `in-${key}` });
  const row = el('div', { class: 'row' }, caption, input, el('span', { class: 'suffix' }, '%'));
  const node = el('div', {}, ...head(fact, 'p'), ways, row);
  node.read = (entry) => {
    tick(node, entry.call);
    const percent = entry.call === 'percent';
    row.hidden = !entry.call;
    input.dataset.name = percent ? 'percent' : 'sensitivity';
    input.setAttribute('aria-label', percent ? `${fact.label} in percent` : `Sensitivity of ${fact.label} in percent, if known`);
    caption.textContent = percent ? 'Residual disease' : 'Sensitivity, if known';
    if (m.reset || m.root.activeElement !== input) input.write(entry[input.dataset.name] ?? '');
  };
  return node;
}

function refresh(m, key) {
  const node = m.made.get(key);
  node.read(m.entries[key] ?? {});
  node.classList.toggle('known', key in m.entries);
  node.classList.toggle('next', m.data.next === key);
  const note = m.data.notes[key];
  const box = node.querySelector('.note');
  const text = JSON.stringify(note ?? null);
  if (box.dataset.now === text) return;
  box.dataset.now = text;
  box.className = `note ${note?.tone ?? ''}`;
  box.replaceChildren();
  if (!note) return;
  box.append(el('span', {}, note.text));
  for (const [label, change] of note.options ?? []) {
    const button = el('button', { type: 'button', class: 'pick' }, label);
    button.onclick = () => { put(m, key, change); m.reset = true; refresh(m, key); m.reset = false; node.querySelector('input')?.focus(); };
    box.append(button);
  }
}

window.addEventListener('explorer:focus', ({ detail: key }) => {
  for (const m of alive) {
    if (!m.box.isConnected) { alive.delete(m); continue; }
    const section = m.data.sections.find((s) => s.keys.includes(key));
    if (!section) continue;
    if (!m.made.get(key)?.isConnected) { m.open.add(section.id); fill(m, section); }
    const node = m.made.get(key);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    node.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
    (node.querySelector('input:checked') ?? node.querySelector('input, select'))?.focus({ preventScroll: true });
  }
});

window.addEventListener('explorer:forget', () => {
  for (const m of alive) { m.entries = {}; m.reset = true; for (const key of m.made.keys()) refresh(m, key); m.reset = false; }
});
