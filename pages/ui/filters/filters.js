// A search box and choices over a list. What is typed goes to the server as it stands and is found there.
const finders = new WeakMap();
const PAUSE = 180;                                         // rest between two keys before the list follows [ms]

function filters({ parentElement, data, setTriggerValue }) {
  let m = finders.get(parentElement);
  if (!m) {
    dress(parentElement);
    m = { box: parentElement.querySelector('.filters'), status: parentElement.querySelector('.found') };
    finders.set(parentElement, m);
    build(m, data);
  }
  m.send = () => {
    clearTimeout(m.timer);
    const chosen = Object.fromEntries(m.selects.filter((s) => s.value).map((s) => [s.name, s.value]));
    tellWhenHeard(() => setTriggerValue('values', { word: m.word.value, chosen }));
    count(m);
  };
  if (m.epoch !== data.epoch) {
    m.epoch = data.epoch;
    m.word.value = data.word;
    for (const s of m.selects) s.value = data.chosen[s.name] ?? '';
    count(m);
  }
  if (m.status.textContent !== data.said) m.status.textContent = data.said;
}

function build(m, data) {
  m.word = el('input', { type: 'search', maxlength: data.most, autocomplete: 'off', spellcheck: 'false' });
  m.selects = data.choices.map(([name, label, options]) => el('select', { name, 'aria-label': label },
    el('option', { value: '' }, 'All'), ...options.map(([value, words]) => el('option', { value }, words))));
  m.choices = el('div', { class: 'choices' }, ...m.selects.map((s, i) => el('label', {}, el('span', {}, data.choices[i][1]), s)));
  m.more = el('button', { type: 'button', class: 'more-choices', 'aria-expanded': 'false' });
  m.clear = el('button', { type: 'button', class: 'goto clear' }, 'Clear filters');
  m.box.append(el('label', { class: 'find' }, el('span', {}, data.search), m.word), m.more, m.choices);
  m.status.after(m.clear);
  m.word.oninput = () => { clearTimeout(m.timer); m.timer = setTimeout(() => m.send(), PAUSE); };
  m.word.onkeydown = (event) => { if (event.key === 'Enter') { event.preventDefault(); m.send(); } };
  m.choices.onchange = () => m.send();
  m.more.onclick = () => m.more.setAttribute('aria-expanded', String(m.choices.classList.toggle('open')));
  m.clear.onclick = () => {
    m.word.value = '';
    for (const s of m.selects) s.value = '';
    m.send();
    m.word.focus();
  };
}

function count(m) {                                        // how many choices are made, where they are folded away
  const made = m.selects.filter((s) => s.value).length;
  for (const s of m.selects) s.classList.toggle('made', !!s.value);
  m.more.textContent = made ? `Filters (${made} set)` : 'Filters';
  m.clear.hidden = !made && !m.word.value;
}
