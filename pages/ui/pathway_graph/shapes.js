// Names, shapes and marks of boxes and lines, for the drawing, its key and the list.
const KEY = Symbol.for('guideline.explorer.graph');
const shared = window[KEY] ??= { shown: new Map(), news: new Map() };
const SVG = 'http://www.w3.org/2000/svg';
const STATES = { v: 'visited', o: 'offered', p: 'possible', x: 'excluded' };
const STATE_WORDS = { v: 'reached', o: 'one of the open ways', p: 'still possible', x: 'not on this way' };
const KIND_WORDS = { decision: 'question', action: 'what the text says to do', choice: 'ways the text leaves open',
  link: 'goes on elsewhere', silent: 'the text stops here', stop: 'the way ends here' };
const SMALLEST = 12 / 13;                 // labels are 13 px at scale 1 and never opened below 12 px
const LARGEST = 2.5;
const PRESENTED = 18 / 14;                // before an audience the name of a box (14 px) is never below 18 px
const PAD = 10;
const NARROW = 600;
const memory = new WeakMap();

function svg(tag, attrs = {}, ...kids) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attrs)) node.setAttribute(name, value);
  node.append(...kids);
  return node;
}

function html(tag, attrs = {}, ...kids) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) node.setAttribute(name, value);
  node.append(...kids.filter((kid) => kid != null));
  return node;
}

const narrow = () => !window.matchMedia('(min-width: 60rem)').matches;    // one part of the page at a time
const calm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

function polygon(points, radius) {        // corners rounded
  const n = points.length;
  let d = '';
  points.forEach((here, i) => {
    const [before, after] = [points[(i + n - 1) % n], points[(i + 1) % n]];
    const toward = (other) => {
      const length = Math.hypot(other[0] - here[0], other[1] - here[1]);
      const part = Math.min(radius, length / 2) / length;
      return [here[0] + (other[0] - here[0]) * part, here[1] + (other[1] - here[1]) * part];
    };
    const [a, b] = [toward(before), toward(after)];
    d += `${i ? 'L' : 'M'}${a[0].toFixed(1)},${a[1].toFixed(1)}Q${here[0]},${here[1]} ${b[0].toFixed(1)},${b[1].toFixed(1)}`;
  });
  return `${d}Z`;
}

function outline(kind, w, h, grow = 0) {  // one shape a kind, told apart without colour
  const [x, y, cut] = [w / 2 + grow, h / 2 + grow, Math.min(14, h * 0.36)];
  if (kind === 'decision') return polygon([[-x + cut, -y], [x - cut, -y], [x + 4, 0], [x - cut, y], [-x + cut, y], [-x - 4, 0]], cut / 3);
  if (kind === 'choice') return polygon([[-x, -y], [x, -y], [x, y], [-x, y]], y);
  if (kind === 'link') return polygon([[-x, -y], [x - cut, -y], [x + 4, 0], [x - cut, y], [-x, y]], cut / 3);
  if (kind === 'stop') return polygon([[-x + cut, -y], [x - cut, -y], [x, -y + cut], [x, y - cut], [x - cut, y], [-x + cut, y], [-x, y - cut], [-x, -y + cut]], 1);
  if (kind === 'silent') return polygon([[-x, -y], [x - cut, -y], [x, -y + cut], [x, y], [-x, y]], 2);
  return polygon([[-x, -y], [x, -y], [x, y], [-x, y]], Math.min(9, h * 0.18));
}

function line(points) {                   // a line with rounded corners
  let d = `M${points[0]}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [a, b, c] = [points[i - 1], points[i], points[i + 1]];
    const r = Math.min(8, Math.hypot(a[0] - b[0], a[1] - b[1]) / 2, Math.hypot(c[0] - b[0], c[1] - b[1]) / 2);
    const near = (o) => [b[0] + Math.sign(o[0] - b[0]) * r, b[1] + Math.sign(o[1] - b[1]) * r];
    d += `L${near(a)}Q${b} ${near(c)}`;
  }
  return `${d}L${points.at(-1)}`;
}

function words(lines, size, className, y0 = 0) {
  const text = svg('text', { class: className, 'text-anchor': 'middle' });
  lines.forEach((content, i) => {
    if (i) text.append(svg('tspan', { 'font-size': 0 }, ' '));                     // for those who hear or copy the words
    text.append(svg('tspan', { x: 0, y: (y0 + (i - (lines.length - 1) / 2) * size).toFixed(1), dy: '0.35em' }, content));
  });
  return text;
}

function marks(x, y) {                    // a check for reached, a dot for offered; shown by class
  return [
    svg('g', { class: 'mark check', transform: `translate(${x},${y})` }, svg('circle', { r: 9 }), svg('path', { d: 'M-4.2,0.4L-1.2,3.4L4.4,-3.2' })),
    svg('g', { class: 'mark dot', transform: `translate(${x},${y})` }, svg('circle', { r: 8 }), svg('circle', { class: 'full', r: 3.6 })),
  ];
}

function drawNode(n) {
  const corner = { decision: 14, choice: 10, stop: 10 }[n.kind] ?? 3;
  const shape = outline(n.kind, n.w, n.h);
  const g = svg('g', { class: `node ${n.kind}`, role: 'button', tabindex: -1, 'data-node': n.id, transform: `translate(${n.x},${n.y})` });
  g.append(
    svg('path', { class: 'focus', d: outline(n.kind, n.w, n.h, 9) }),
    svg('path', { class: 'ring', d: outline(n.kind, n.w, n.h, 5) }),
    svg('path', { class: 'shape', d: shape }),
  );
  if (n.kind === 'silent') g.append(svg('path', { class: 'fold', d: `M${n.w / 2 - 14},${-n.h / 2}v14h14` }));
  if (n.kind === 'choice') g.append(svg('path', { class: 'inner', d: outline('choice', n.w, n.h, -4) }));
  g.append(words(n.lines, 18, 'title', n.tag ? -8 : 0));
  if (n.tag) g.append(words([n.tag], 16, 'tag', n.lines.length * 9 + 1));
  g.append(...marks(-n.w / 2 + corner, -n.h / 2));
  g.append(svg('path', { class: 'here', d: `M${-n.w / 2 - 26},-8l13,8l-13,8z` }));
  return g;
}

function drawEdge(e, i, veiled = false) {
  const g = svg('g', e.source ? { class: 'edge', 'data-edge': `${e.source}--${e.target}`, 'data-index': i } : { class: 'edge entry' });
  e.paths.forEach((points) => g.append(svg('path', { class: 'line', d: line(points) })));
  const [x, y] = e.paths.at(-1).at(-1);
  g.append(svg('path', { class: 'tip', d: `M${x},${y}l-4.5,-9h9z` }));
  if (e.lines.length && veiled && e.source) g.append(veil(e));
  else if (e.lines.length) g.append(...answer(e));
  return g;
}

function answer(e) {
  const label = words(e.lines, 16, 'label');
  label.setAttribute('transform', `translate(${e.label_x},${e.label_y})`);
  return e.label ? [svg('title', {}, e.label), label] : [label];
}

function veil(e) {                        // stands for an answer until it is pressed
  const g = svg('g', { class: 'veil', role: 'button', tabindex: 0, 'aria-label': 'Answer hidden. Show it', transform: `translate(${e.label_x},${e.label_y})` });
  g.append(svg('rect', { x: -22, y: -22, width: 44, height: 44, class: 'room' }), svg('rect', { x: -15, y: -13, width: 30, height: 26, rx: 13 }), words(['?'], 16, 'label'));
  return g;
}

function icon(kind, state = '') {         // for the key and the list
  const box = svg('svg', { class: `icon ${kind} ${STATES[state] ?? ''}`, viewBox: '-21 -14 42 28', 'aria-hidden': 'true' });
  box.append(svg('path', { class: 'shape', d: outline(kind, 32, 20) }));
  if (kind === 'silent') box.append(svg('path', { class: 'fold', d: 'M8.8,-10v7.2h7.2' }));
  if (kind === 'choice') box.append(svg('path', { class: 'inner', d: outline('choice', 32, 20, -3) }));
  const small = svg('g', { transform: 'translate(-13,-9) scale(0.78)', class: STATES[state] ?? '' }, ...marks(0, 0));
  box.append(svg('path', { class: 'ring', d: outline(kind, 32, 20, 3.5) }), small);
  return box;
}

function setState(node, state, here = false, chosen = false) {
  for (const [letter, name] of Object.entries(STATES)) node.classList.toggle(name, letter === state);
  if (!node.dataset.node) return;
  node.classList.toggle('current', here);
  node.classList.toggle('chosen', chosen);
  if (here) node.setAttribute('aria-current', 'step'); else node.removeAttribute('aria-current');
  if (node.hasAttribute('role') || node.tagName === 'BUTTON') node.setAttribute('aria-pressed', String(chosen));
}

function key() {
  const row = (kind, state, text) => html('li', {}, icon(kind, state), html('span', {}, text));
  const kinds = ['decision', 'action', 'choice', 'link', 'silent', 'stop'].map((kind) => row(kind, '', KIND_WORDS[kind]));
  const states = ['v', 'o', 'p', 'x'].map((state) => row('action', state, STATE_WORDS[state]));
  const here = row('action', 'v', 'you are here');
  here.firstChild.classList.add('current');
  return html('details', { class: 'key' }, html('summary', {}, 'Key'), html('ul', {}, ...kinds), html('ul', { class: 'states' }, ...states, here));
}
