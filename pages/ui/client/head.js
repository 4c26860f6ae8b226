// The code of the page's own parts. It is constant, so that a click does not send it again; FACTS (what the form needs to
// know), STYLE (inside the parts) and AROUND (around them) stand above it.
const slot = window.guidelineExplorer ??= (() => { let r; const p = new Promise((f) => { r = f; }); return { p, r }; })();

function el(tag, attrs = {}, ...kids) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...kids.filter((kid) => kid != null));
  return node;
}

function dress(root) {                                     // own styles inside each part's shadow root
  if (!root.querySelector('style')) root.prepend(el('style', {}, STYLE));
}

const say = (name, detail) => window.dispatchEvent(new CustomEvent(`explorer:${name}`, { detail }));
const show = (view) => { document.documentElement.dataset.view = view; say('view', view); };

function foldMenu(event) {                                 // on a phone the menu covers the page; a choice in it closes it
  if (!event.target.closest?.('[data-testid="stSidebarNavLink"]')) return;
  const close = '[data-testid="stSidebarCollapseButton"] button, button[data-testid="stSidebarCollapseButton"]';
  setTimeout(() => document.querySelector(close)?.click(), 100);
}

export default function () {
  const around = document.getElementById('explorer-style') ?? document.head.appendChild(el('style', { id: 'explorer-style' }));
  if (around.textContent !== AROUND) around.textContent = AROUND;
  if (!slot.menu) {
    document.addEventListener('click', foldMenu, true);
    for (const act of ['pointerdown', 'keydown']) document.addEventListener(act, () => { slot.used = true; }, { capture: true, once: true });
  }
  slot.menu = true;
  slot.r({ fields, filters, panel, keeper, search });
}
