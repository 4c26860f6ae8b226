// What a person who enlarges, spaces out or touches the page meets; each function names what is amiss.
window.look = (() => {
  const all = function* (root = document) {                 // every element, also inside the parts' own trees
    for (const e of root.querySelectorAll('*')) { yield e; if (e.shadowRoot) yield* all(e.shadowRoot); }
  };
  const up = (e) => e.parentElement ?? e.getRootNode().host;
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.hidden, [aria-hidden=true]');
  const within = (e, box) => { for (let at = e; at && box; at = up(at)) if (at === box) return true; return false; };
  const words = (e) => [...e.childNodes].filter((n) => n.nodeType === 3 && n.data.trim());
  const named = (e) => `${e.localName}.${e.getAttribute('class') ?? ''} ${(e.ariaLabel || e.textContent).trim().slice(0, 40)}`;
  const TARGETS = 'a[href], button, select, input, summary, label.chip, g.node';

  function open() {
    for (const e of all()) {
      if (e.localName === 'details') e.open = true;
      if (e.matches('.group-open[aria-expanded=false], .more-choices[aria-expanded=false]') && seen(e)) e.click();
    }
  }

  function small([least, which]) {                          // a link in a sentence may be as tall as its line
    const inline = (e) => getComputedStyle(e).display === 'inline' && words(up(e)).length > 0;
    return [...all()].filter((e) => e.matches(TARGETS) && e.matches(which) && !e.disabled && seen(e))
      .filter((e) => !e.closest('label.chip > *') && !inline(e))
      .map((e) => [e, (e.querySelector(':scope > .shape') ?? e).getBoundingClientRect()])
      .filter(([, r]) => r.right > 0 && Math.min(r.width, r.height) < least - 0.05)
      .map(([e, r]) => `${Math.round(r.width)} x ${Math.round(r.height)} ${named(e)}`);
  }

  function space() {                                        // the distances of WCAG 1.4.12
    const css = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }'
      + 'p { margin-bottom: 2em !important; }';
    const trees = [...all()].map((e) => e.shadowRoot).filter((tree) => tree && !tree.querySelector('style.spaced'));
    for (const tree of document.querySelector('style.spaced') ? trees : [document.head, ...trees]) {
      tree.append(Object.assign(document.createElement('style'), { className: 'spaced', textContent: css }));
    }
  }

  // Words beyond an edge that hides them or out of the control they name, and what is scrolled sideways. The drawing is
  // a sheet that is moved about; what stands on it stands in the list. A closed menu shows the rest when it is opened.
  // A wide table scrolls in a box of its own.
  function cut() {
    const found = [];
    for (const e of all()) {
      if (!seen(e) || e.closest('svg, style, script, .sideways') || e.clientWidth === 1) continue;    // 1 px: for those who hear the page
      const scrolls = e === document.documentElement || /auto|scroll/.test(getComputedStyle(e).overflowX);
      if (scrolls && e.getBoundingClientRect().right > 0 && e.scrollWidth > e.clientWidth + 1) found.push(`scrolls sideways: ${named(e)}`);
      for (const text of e.matches('select, option') ? [] : words(e)) {
        const range = document.createRange();
        range.selectNodeContents(text);
        const r = range.getBoundingClientRect();
        if (!r.width || r.right < 0) continue;
        const beyond = (b, x = 1, y = 3) => [r.left < b.left - x || r.right > b.right + x, r.top < b.top - y || r.bottom > b.bottom + y];
        const control = e.closest('button, a, label.chip, summary');
        if (r.right > innerWidth + 1) found.push(`beyond the window: ${text.data}`);
        if (control && beyond(control.getBoundingClientRect()).some(Boolean)) found.push(`out of its control: ${text.data}`);
        for (let box = e; box; box = up(box)) {
          if (box.clientWidth === 1) break;                 // for those who hear the page
          const [style, [x, y]] = [getComputedStyle(box), beyond(box.getBoundingClientRect())];
          const hides = (value) => /hidden|clip/.test(value);
          if ((hides(style.overflowX) && x) || (hides(style.overflowY) && y)) found.push(`cut by ${named(box)}: ${text.data}`);
          if (/auto|scroll/.test(style.overflowY)) break;   // from here on it can be brought into view
        }
      }
    }
    return [...new Set(found)];
  }

  // The place for a card that is not open holds only a hint, and no place is kept for it on a phone.
  function texts() {
    const main = document.querySelector('[data-testid=stMain]');
    const hint = document.querySelector('.st-key-trials_say_none');
    const shown = [...all(main)].filter((e) => !e.matches('style, script, option') && seen(e) && !within(e, hint));
    return shown.flatMap(words).map((n) => n.data.trim().replace(/\s+/g, ' '));
  }

  function moving() {
    const longest = (value) => Math.max(...value.split(',').map(parseFloat));
    const moves = (s) => longest(s.transitionDuration) > 0 || (s.animationName !== 'none' && longest(s.animationDuration) > 0);
    const styles = (e) => ['', '::before', '::after'].map((part) => getComputedStyle(e, part));
    return [...all()].filter((e) => seen(e) && styles(e).some(moves)).map(named);
  }

  async function jumps() {                                  // whether the drawing is at rest at once when it is enlarged
    const svg = [...all()].find((e) => e.matches('svg.page'));
    const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    svg.closest('.graph').querySelector('[data-zoom=in]').click();
    const first = svg.getAttribute('viewBox');
    await frames();
    return first === svg.getAttribute('viewBox');
  }

  return { all, up, seen, words, named, open, small, space, cut, texts, moving, jumps };
})();
