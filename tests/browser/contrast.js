// How well words, marks and the focus stand out, from the styles in force; `look` (accessibility.js) is there already.
window.stands = (() => {
  const { all, up, seen, words, named } = look;
  const brush = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  const known = new Map();

  function rgba(color) {                                    // any color as four numbers from 0 to 1
    if (!known.has(color)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = 'transparent';
      brush.fillStyle = color;
      brush.fillRect(0, 0, 1, 1);
      known.set(color, [...brush.getImageData(0, 0, 1, 1).data].map((part) => part / 255));
    }
    return known.get(color);
  }

  const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
  const light = (color) => color.slice(0, 3).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  function ground(e) {                                      // what lies below: a box of the drawing, or backgrounds
    const shape = e.closest?.('g.node')?.querySelector('.shape');
    if (shape) { const fill = rgba(getComputedStyle(shape).fill); return fill[3] ? over(fill, ground(e.closest('svg'))) : ground(e.closest('svg')); }
    const layers = [];
    const box = e.getBoundingClientRect();
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    for (let at = e; at; at = up(at)) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      const r = at.getBoundingClientRect();
      if (!color[3]) continue;
      if (at !== document.body && at !== document.documentElement && (x < r.left || x > r.right || y < r.top || y > r.bottom)) continue;   // it stands beside it
      layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [1, 1, 1, 1]);
  }

  function faded(color, e) {
    let share = color[3];
    for (let at = e; at; at = up(at)) share *= Number(getComputedStyle(at).opacity);
    return [...color.slice(0, 3), share];
  }

  // Words: 4.5 to 1, large ones 3 to 1. What cannot be used yet, or is not there to be seen, is left out.
  function texts() {
    const weak = [];
    for (const e of all()) {
      if (!words(e).length || !seen(e) || e.matches('style, script, title, option, :disabled') || e.closest(':disabled')) continue;
      const [style, box] = [getComputedStyle(e), e.getBoundingClientRect()];
      if (box.width <= 1 || box.right < 0) continue;
      const inSvg = !!e.closest('svg');
      const [below, ink] = [ground(e), faded(rgba(inSvg ? style.fill : style.color), e)];
      if (!ink[3]) continue;
      const color = over(ink, below);
      const [size, bold] = [parseFloat(style.fontSize), Number(style.fontWeight) >= 600];
      const least = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
      if (ratio(color, below) < least) weak.push(`${ratio(color, below).toFixed(2)} ${named(e)}`);
    }
    return weak;
  }

  // Signs that carry meaning, and the edges of what can be used: 3 to 1; of several colors the strongest counts.
  const SIGNS = ['svg.page g.node .shape', 'svg.page g.edge .line', 'svg.page .tip', '.mark circle', '.here', '.hundred circle',
    'span.dot', '.map .axis', '.map .border', '.map .child', '.map .child-line', '.hatch', '.scatterlayer path.point', '.errorbars path',
    'input[type=text]', 'input[type=search]', 'select', 'textarea', '.chip span', '.act', '.take', '.pick', '.tools button', '.switch',
    '.phase', '.way li', '.box', '.class-of', '.note'].join(', ');
  const COLORS = ['fill', 'stroke', 'borderTopColor', 'backgroundColor'];

  function marks() {
    const weak = [];
    let count = 0;
    for (const e of all()) {
      if (!e.matches(SIGNS) || !seen(e) || e.closest(':disabled')) continue;
      const parts = ['', '::before'].map((part) => getComputedStyle(e, part)).filter((style, i) => !i || !['none', 'normal'].includes(style.content));
      const below = ground(e.closest('svg') ?? up(e));
      const graphic = !!e.closest('svg');
      const colors = parts.flatMap((style) => (graphic ? COLORS.slice(0, 2) : COLORS.slice(2)).map((name) => style[name]));
      const best = Math.max(...colors.map((color) => (color.startsWith('url') || color === 'none' ? 1 : ratio(over(faded(rgba(color), e), below), below))));
      const gradient = parts.some((style) => style.backgroundImage.includes('gradient'));
      count += 1;
      if (best < 3 && !gradient) weak.push(`${best.toFixed(2)} ${named(e)}`);
    }
    return [count, [...new Set(weak)]];
  }

  // How well the ring around what has the focus stands out from what lies around it.
  function ring() {
    let e = document.activeElement;
    while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
    const drawn = e.querySelector(':scope > .focus') ?? (e.matches('g.veil') ? e.querySelector('rect:not(.room)') : null);
    if (drawn) return ratio(rgba(getComputedStyle(drawn).stroke), ground(e.closest('svg')));
    const shown = e.type === 'range' ? e.parentElement.parentElement : e;      // its thumb
    const rings = [shown, e.closest('label')].filter(Boolean).map((one) => [one, getComputedStyle(one)]);
    const outlined = rings.find(([, style]) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0);
    if (outlined) {
      const inset = parseFloat(outlined[1].outlineOffset) < 0;
      const below = ground(inset ? outlined[0] : up(outlined[0]));
      return ratio(over(rgba(outlined[1].outlineColor), below), below);
    }
    const shadows = rings.flatMap(([one, style]) => style.boxShadow.match(/(?:rgba?|color)\([^)]*\)/g)?.map((color) => [one, color]) ?? []);
    return Math.max(0, ...shadows.map(([one, color]) => { const below = ground(up(one)); return ratio(over(rgba(color), below), below); }));
  }

  return { texts, marks, ring };
})();
