// A term that was pressed is explained in place: a small note over the page, closed by a second press, Esc, a press elsewhere
// or when its term is scrolled away. Nothing on the page moves.
const told = { button: null, tip: null, heard: false };      // at most one is open

function explain(button) {
  const again = told.button === button;
  unexplain();
  const words = TERMS[button.dataset.term];
  if (again || !words) return;
  const [term, full, short, plain] = words;
  const more = el('button', { class: 'goto' }, 'In the glossary');
  more.onclick = () => { unexplain(); say('open', { kind: 'term', id: button.dataset.term }); };
  const all = [el('p', {}, short), el('p', {}, el('span', { class: 'quiet' }, 'In plain words: '), plain), more];
  const alone = button.closest('[data-plain]');             // for families: no more than that, and no way elsewhere
  const tip = el('div', { class: 'explained', popover: 'manual', role: 'note' },
    el('p', {}, el('b', {}, term), full ? ` ${full}` : ''), ...(alone ? [el('p', {}, plain)] : all));
  button.after(tip);                                       // so that it is read, and tabbed to, right after its term
  button.setAttribute('aria-expanded', 'true');
  tip.showPopover();
  Object.assign(told, { button, tip });
  beside();
  const live = button.getRootNode().querySelector('.live');
  if (live) live.textContent = `${term}: ${plain}`;
  if (told.heard) return;
  told.heard = true;
  document.addEventListener('pointerdown', (event) => {
    if (![told.tip, told.button].some((node) => event.composedPath().includes(node))) unexplain();
  }, true);
  document.addEventListener('scroll', beside, { capture: true, passive: true });
  window.addEventListener('resize', beside);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !told.tip) return;
    event.stopPropagation();
    const from = told.tip.contains(told.tip.getRootNode().activeElement) ? told.button : null;
    unexplain();
    from?.focus({ preventScroll: true });
  }, true);
}

function beside() {                                        // below its term, or above where there is no room
  if (!told.tip) return;
  const { tip, button } = told;
  const { left, top, bottom } = button.getBoundingClientRect();
  if (!tip.isConnected || bottom < 0 || top > innerHeight) { unexplain(); return; }
  const below = bottom + 6 + tip.offsetHeight < innerHeight || top < tip.offsetHeight + 6;
  tip.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${below ? bottom + 6 : top - 6 - tip.offsetHeight}px`;
}

function unexplain() {
  told.button?.setAttribute('aria-expanded', 'false');
  told.tip?.remove();
  Object.assign(told, { button: null, tip: null });
}

function jumpTo(body, letter) {                            // a letter of a long list: to its heading
  const heading = body.querySelector(`[data-letter="${letter}"] h2`);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

function narrowTo(body, typed) {                             // narrow a list by what is typed; it stays in the field
  const bare = (words) => words.normalize('NFKD').toLowerCase().replace(/[^a-z0-9 ]/g, '');
  const wanted = bare(typed).split(' ').filter(Boolean);
  const rows = [...body.querySelectorAll('[data-name]')];
  const says = rows.map((row) => bare([...row.querySelectorAll('dt, .also')].map((n) => n.textContent).join(' ')));
  const whole = rows.map((row) => bare(row.textContent));
  const holds = (words) => wanted.every((word) => words.includes(word));
  const named = rows.filter((_, i) => holds(says[i]));
  const left = new Set(named.length ? named : rows.filter((_, i) => holds(whole[i])));
  for (const row of rows) row.hidden = !left.has(row);
  for (const part of body.querySelectorAll('[data-letter]')) part.hidden = !part.querySelector('[data-name]:not([hidden])');
  for (const button of body.querySelectorAll('[data-jump]')) button.disabled = body.querySelector(`[data-letter="${button.dataset.jump}"]`).hidden;
  const count = body.querySelector('[data-sifted]');
  const { one, many, none } = count.dataset;
  count.textContent = left.size ? `${left.size} ${left.size === 1 ? one : many}` : none;
}
