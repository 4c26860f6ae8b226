// The drawing of one page: drawn once from committed positions; afterwards a change of state only toggles classes.
class Drawing extends View {
  constructor(root, page, choose) {
    super();
    Object.assign(this, { root, page, choose, news: {}, moved: false, view: null, from: new Map() });
    this.nodes = new Map(page.nodes.map((n) => [n.id, n]));
    this.next = new Map(page.nodes.map((n) => [n.id, []]));
    this.before = new Map(page.nodes.map((n) => [n.id, []]));
    for (const e of page.edges) {
      if (!this.next.get(e.source).includes(e.target)) this.next.get(e.source).push(e.target);
      if (!this.before.get(e.target).includes(e.source)) this.before.get(e.target).push(e.source);
    }
    for (const list of this.next.values()) list.sort((a, b) => this.nodes.get(a).x - this.nodes.get(b).x);
    this.build();
    this.listen();
    new ResizeObserver(() => this.resized()).observe(this.svg);
  }

  build() {
    const { page } = this;
    this.caption = html(page.heading ? 'h2' : 'p', { class: 'caption' }, page.heading || '');
    const button = (name, label, text) => html('button', { type: 'button', 'data-zoom': name, 'aria-label': label, title: label }, text);
    this.route = button('route', 'Show the way of this child', 'Route');
    this.tools = html('div', { class: 'tools', role: 'group', 'aria-label': 'View of the drawing' },
      button('in', 'Zoom in', '+'), button('out', 'Zoom out', '\u2212'), button('whole', 'Whole page', 'Whole page'), this.route);
    if (page.teach) this.tools.append(button('answers', 'Show all answers of this page', 'All answers'));
    this.live = html('p', { class: 'unseen', role: 'status' });
    this.svg = svg('svg', { class: 'page', role: 'group', 'aria-label': `Drawing of ${page.page}: ${page.title}. Arrow keys move along the branches, Enter opens a box.` });
    this.edges = page.edges.map((e, i) => drawEdge(e, i, page.teach));
    this.lines = svg('g', { class: 'edges' }, ...this.edges);
    this.boxes = page.nodes.map(drawNode);
    this.svg.append(svg('g', {}, ...page.entries.map((e) => drawEdge(e))), this.lines, svg('g', {}, ...this.boxes));
    this.byId = new Map(page.nodes.map((n, i) => [n.id, this.boxes[i]]));
    this.root.replaceChildren(html('div', { class: 'top' }, this.caption, this.tools), html('div', { class: 'frame' }, this.svg), this.live, key());
    this.setStop(page.start);
  }

  // -------- state

  update(news) {
    const [before, page] = [this.news, this.page];
    this.news = news;
    const states = [...(news.states || '')];
    const walked = states.length > 0;
    this.root.classList.toggle('walked', walked);
    this.route.hidden = !states.includes('v');
    this.boxes.forEach((box, i) => {
      const n = this.page.nodes[i];
      const [state, here, chosen] = [states[i] || '', n.id === news.current, n.id === news.selected];
      setState(box, state, here, chosen);
      const label = [n.title, n.tag || KIND_WORDS[n.kind], STATE_WORDS[state], here ? 'you are here' : ''].filter(Boolean).join(', ');
      if (box.getAttribute('aria-label') !== label) box.setAttribute('aria-label', label);
    });
    const order = { '': 1, x: 0, p: 1, o: 2, v: 3 };
    const edgeStates = [...(news.edges || '')];
    this.edges.forEach((edge, i) => setState(edge, edgeStates[i] || ''));
    if (before.edges !== news.edges) this.lines.append(...[...this.edges].sort((a, b) => order[edgeStates[a.dataset.index] || ''] - order[edgeStates[b.dataset.index] || '']));
    const at = this.nodes.get(news.current);
    if (!page.heading) this.caption.replaceChildren(...(at ? [html('span', {}, 'You are at '), html('b', {}, at.title)] : []));
    if (this.width && before.states !== news.states) this.fitHeight(this.width);
    if (before.current !== news.current || before.states === undefined) {
      this.setStop(this.nodes.has(news.selected) ? news.selected : at ? at.id : this.page.start);
      this.moved = false;
      this.home(before.states !== undefined);
    } else if (before.states !== news.states && !this.moved && !this.nodes.has(news.selected)) this.home(true);
    if (news.selected && news.selected !== before.selected && this.nodes.has(news.selected)) {
      this.setStop(news.selected);
      this.reveal(news.selected);
    }
    this.svg.dataset.rev = [this.page.page, news.states || '', news.current || '', news.selected || ''].join('|');
  }

  setStop(id) {                           // the one box that Tab reaches
    if (this.stop) this.byId.get(this.stop).setAttribute('tabindex', -1);
    this.stop = id;
    this.byId.get(id).setAttribute('tabindex', 0);
  }

  focus(id) {
    this.setStop(id);
    this.byId.get(id).focus({ preventScroll: true });
    this.reveal(id);
  }

  // -------- hands

  listen() {
    this.tools.onclick = (event) => {
      const name = event.target.closest('button')?.dataset.zoom;
      if (!name) return;
      if (name !== 'answers') this.moved = name !== 'route';
      if (name === 'in') this.zoom(1.25);
      if (name === 'out') this.zoom(0.8);
      if (name === 'whole') this.whole();
      if (name === 'route') this.home(true);
      if (name === 'answers') for (const veiled of this.lines.querySelectorAll('.veil')) this.unveil(veiled);
    };
    this.svg.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const r = this.svg.getBoundingClientRect();
      this.moved = true;
      this.zoom(Math.exp(-event.deltaY / 300), event.clientX - r.left, event.clientY - r.top);
    }, { passive: false });
    this.svg.onkeydown = (event) => this.keyed(event);
    this.svg.onclick = (event) => {
      const [box, veiled] = [event.target.closest('g.node'), event.target.closest('g.veil')];
      if (box && !this.dragged) this.press(box.dataset.node);
      if (veiled && !this.dragged) this.unveil(veiled, true);
    };
    this.svg.parentElement.addEventListener('focusin', (event) => {      // on the drawing itself it would be a stop of its own
      const box = event.target.closest('g.node');
      if (box) { this.setStop(box.dataset.node); if (box.matches(':focus-visible')) this.reveal(box.dataset.node); }
    });
    this.drag();
    window.addEventListener('explorer:view', ({ detail }) => {
      if (detail === 'drawing' && this.svg.isConnected && narrow()) this.root.scrollIntoView({ block: 'start' });
    });
    window.addEventListener('beforeprint', () => this.print(true));
    window.addEventListener('afterprint', () => this.print(false));
  }

  press(id) {
    this.setStop(id);
    this.update({ ...this.news, selected: id });
    this.choose(id);
  }

  unveil(veiled, told = false) {          // the answer takes its place; the box it leads to is next
    const edge = this.page.edges[veiled.parentElement.dataset.index];
    veiled.replaceWith(...answer(edge));
    if (!told) return;
    this.live.textContent = edge.label;
    this.focus(edge.target);
  }

  keyed(event) {
    const veiled = event.target.closest('g.veil');
    if (veiled && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      this.unveil(veiled, true);
    }
    const box = event.target.closest('g.node');
    if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
    const id = box.dataset.node;
    const beside = (step) => {
      const parent = this.from.get(id) || this.before.get(id)[0];
      const row = parent ? this.next.get(parent) : [id];
      return row[(row.indexOf(id) + step + row.length) % row.length];
    };
    const to = { ArrowDown: () => this.next.get(id)[0], ArrowUp: () => this.from.get(id) || this.before.get(id)[0],
      ArrowLeft: () => beside(-1), ArrowRight: () => beside(1), Home: () => this.page.start }[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.press(id);
    } else if (to) {
      event.preventDefault();
      const target = to();
      if (!target || target === id) return;
      if (event.key === 'ArrowDown') this.from.set(target, id);
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') this.from.set(target, this.from.get(id) || this.before.get(id)[0]);
      this.focus(target);
    }
  }

  drag() {                                // one finger or the mouse moves; two fingers zoom
    const fingers = new Map();
    const middle = () => { const p = [...fingers.values()]; return [p.reduce((s, q) => s + q[0], 0) / p.length, p.reduce((s, q) => s + q[1], 0) / p.length]; };
    const spread = () => { const p = [...fingers.values()]; return p.length < 2 ? 0 : Math.hypot(p[0][0] - p[1][0], p[0][1] - p[1][1]); };
    this.svg.onpointerdown = (event) => {
      if (event.button) return;
      fingers.set(event.pointerId, [event.clientX, event.clientY]);
      this.dragged = false;
      this.began = middle();
    };
    this.svg.onpointermove = (event) => {
      if (!fingers.has(event.pointerId) || !this.view) return;
      const [x0, y0] = middle();
      const wide = spread();
      fingers.set(event.pointerId, [event.clientX, event.clientY]);
      const [x, y] = middle();
      if (!this.dragged && Math.hypot(x - this.began[0], y - this.began[1]) < 5 && fingers.size < 2) return;
      if (!this.dragged) { this.dragged = true; this.svg.setPointerCapture(event.pointerId); }
      this.moved = true;
      const { k } = this.view;
      this.apply({ x: this.view.x - (x - x0) / k, y: this.view.y - (y - y0) / k, k });
      if (wide) { const r = this.svg.getBoundingClientRect(); this.zoom(spread() / wide, x - r.left, y - r.top); }
    };
    const end = (event) => {
      fingers.delete(event.pointerId);
      if (!fingers.size) setTimeout(() => { this.dragged = false; });
    };
    this.svg.onpointerup = end;
    this.svg.onpointercancel = end;
  }

  print(on) {
    if (!this.svg.isConnected) return;
    if (on) {
      this.svg.setAttribute('viewBox', `0 0 ${this.page.width} ${this.page.height}`);
      this.svg.style.height = '';
    } else {
      this.width = 0;
      this.resized();
    }
  }
}
