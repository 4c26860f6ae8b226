// Shows markup made and escaped by the server; open folds stay open, focus stays, and one sentence is read out.
const panels = new WeakMap();

const mark = (node) => node?.dataset?.focus ?? node?.dataset?.press ?? node?.dataset?.view ?? node?.parentElement?.dataset?.keep ?? node?.parentElement?.dataset?.late;

function panel({ parentElement, data, setTriggerValue }) {
  let m = panels.get(parentElement);
  const tell = (event, value) => tellWhenHeard(() => setTriggerValue(event, value));
  if (!m) {
    dress(parentElement);
    m = { body: parentElement.querySelector('.panel'), live: parentElement.querySelector('.live'), html: null };
    panels.set(parentElement, m);
    window.addEventListener('explorer:view', () => views(m.body));
    window.addEventListener('explorer:forget', () => unshare(m));
    matchMedia('(min-width: 60rem)').addEventListener('change', () => views(m.body));
  }
  if (m.html !== data.html) {
    const open = new Map([...m.body.querySelectorAll('details[data-keep]')].map((d) => [d.dataset.keep, d.open]));
    const focused = mark(parentElement.activeElement);
    m.body.innerHTML = data.html;
    m.html = data.html;
    for (const t of m.body.querySelectorAll('.term')) t.setAttribute('aria-expanded', 'false');
    for (const d of m.body.querySelectorAll('details[data-keep]')) if (open.has(d.dataset.keep)) d.open = open.get(d.dataset.keep);
    if (focused) [...m.body.querySelectorAll('button, summary')].find((n) => mark(n) === focused)?.focus({ preventScroll: true });
    views(m.body);
    arrive(m);
  }
  if ((m.live.textContent || '') !== data.live) m.live.textContent = data.live;
  if (data.hand) take(m, data.hand);
  m.body.onclick = (event) => {
    const late = event.target.closest('summary')?.parentElement.dataset.late;
    if (late) tell('press', `fold:${late}`);
    const button = event.target.closest('button');
    if (!button || exported(button) || shares(m, button, tell) || sends(button, tell)) return;
    if (button.dataset.view) show(button.dataset.view);
    if (button.dataset.focus) { show('questions'); say('focus', button.dataset.focus); }
    if (button.dataset.press) tell('press', button.dataset.press);
    if (button.dataset.term) explain(button);
    if (button.dataset.jump) jumpTo(m.body, button.dataset.jump);
  };
  m.body.oninput = ({ target }) => { if ('sift' in target.dataset) narrowTo(m.body, target.value); else fills(target); };
}

function arrive(m) {                                       // what was opened comes into sight; lost focus goes there
  const target = m.body.querySelector('[data-arrive]');
  if (target && target.dataset.arrive !== m.arrived) {
    const [fold, page] = [target.matches('summary'), target.matches('h1')];
    if (fold) target.parentElement.open = true;
    if (page && !slot.used) { m.arrived = target.dataset.arrive; return; }      // the first page of a tab: nothing was lost yet
    slot.arriving = target;                                // the newest of the page alone looks after the focus
    let frames = 20;                                       // what held the focus goes away at the end of the run, in another panel
    const runs = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'running';
    const look = () => {
      if (slot.arriving !== target) return;
      const lost = slot.used && (fold || document.activeElement?.matches('body, [data-testid="stMain"]') || (!page && slot.title?.matches(':focus')));
      if ((frames === 19 && !page) || lost) target.scrollIntoView({ block: 'nearest' });
      if (lost) { target.focus({ preventScroll: true }); slot.title = page ? target : null; }      // the page's title gives way to what comes later
      else if (target.isConnected && (runs() || frames-- > 0)) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }
  m.arrived = target?.dataset.arrive;
}

function views(body) {
  const wide = matchMedia('(min-width: 60rem)').matches;
  const asked = document.documentElement.dataset.view;
  const here = [...body.querySelectorAll('button[data-view]')].some((b) => b.dataset.view === asked);
  const first = here ? asked : body.querySelector('button[data-default]')?.dataset.view;
  const now = wide && asked !== 'list' ? 'drawing' : first ?? asked;
  for (const b of body.querySelectorAll('button[data-view]')) b.setAttribute('aria-pressed', String(b.dataset.view === now));
}
