// What part of a page is seen: pan and zoom, kept over changes of state.
class View {
  least() {                               // the smallest scale it opens at: labels of 12 px; for a finger, boxes of 44 px
    if (this.page.stage) return PRESENTED;
    return this.svg.clientWidth < NARROW ? 1 : SMALLEST;
  }

  size() {
    return [this.svg.clientWidth || 0, this.svg.clientHeight || 0];
  }

  resized() {
    const [w, h] = this.size();
    if (!w || !h) return;
    if (this.width !== w) {
      this.width = w;
      this.fitHeight(w);
      if (this.page.stage) this.bring(20);
    }
    if (this.view && this.moved) this.apply(this.view);
    else {
      this.home(false);
      if (this.nodes.has(this.news.selected)) this.reveal(this.news.selected);
    }
  }

  bring(frames) {                         // before an audience the drawing fills the window, once what stands below it has come
    this.root.scrollIntoView({ block: 'start' });
    if (frames && this.root.isConnected) requestAnimationFrame(() => this.bring(frames - 1));
  }

  fitHeight(w) {                          // as tall as the page needs at a readable size, but no taller than the window,
    const scale = Math.max(this.least(), Math.min(1.1, w / this.page.width));          // unless the way of the child is longer
    const most = this.page.stage ? Math.max(240, window.innerHeight - 130) : w < NARROW ? Math.max(240, window.innerHeight - 340) : Math.max(420, Math.min(1000, window.innerHeight - 150));
    const height = Math.round(Math.max(240, Math.min(this.page.height * scale, Math.max(most, this.wayHeight(w)))));
    if (this.height === height) return;
    this.height = height;
    this.svg.style.height = `${height}px`;
  }

  wayHeight(w) {                          // what the reached boxes need at the smallest size; 0 where they are too far apart
    const reached = this.with('v');
    if (w < NARROW || !reached.length) return 0;
    const r = this.boxOf(reached);
    return (r.right - r.left) * SMALLEST <= w ? Math.ceil((r.bottom - r.top) * SMALLEST) + 1 : 0;
  }

  boxOf(ids) {                            // smallest rectangle round these boxes and the labels between them
    const wanted = new Set(ids);
    const r = { left: 1e9, top: 1e9, right: -1e9, bottom: -1e9 };
    const add = (x, y, w, h) => {
      r.left = Math.min(r.left, x - w / 2); r.right = Math.max(r.right, x + w / 2);
      r.top = Math.min(r.top, y - h / 2); r.bottom = Math.max(r.bottom, y + h / 2);
    };
    for (const id of wanted) { const n = this.nodes.get(id); if (n) add(n.x, n.y, n.w, n.h); }
    const at = wanted.has(this.news.current) && this.nodes.get(this.news.current);
    if (at) add(at.x, at.y, at.w + 52, at.h + 10);                                 // its ring, and the mark beside it
    for (const e of this.page.edges) {
      if (e.lines.length && wanted.has(e.source) && wanted.has(e.target)) add(e.label_x, e.label_y, Math.max(...e.lines.map((l) => l.length)) * 7, e.lines.length * 16);
    }
    return { left: r.left - PAD, top: r.top - PAD, right: r.right + PAD, bottom: r.bottom + PAD };
  }

  fit(r, least, most) {
    const [w, h] = this.size();
    const scale = Math.min(w / (r.right - r.left), h / (r.bottom - r.top));
    return { x: (r.left + r.right) / 2, y: (r.top + r.bottom) / 2, k: Math.max(least, Math.min(most, scale)), whole: scale >= least };
  }

  with(...letters) {
    return this.page.nodes.filter((n, i) => letters.includes((this.news.states || '')[i])).map((n) => n.id);
  }

  home(smooth) {                          // the way of the child at a readable size; without a child, the start of the page
    const [w, h] = this.size();
    if (!w || !h) return;
    const at = this.nodes.get(this.news.current);
    let view = this.fit({ left: 0, top: 0, right: this.page.width, bottom: this.page.height }, this.least(), 1.15);
    if (!view.whole && !this.news.states) {                                        // without a child: from the top
      const k = Math.max(this.least(), Math.min(1.15, w / this.page.width));
      view = this.inside({ x: this.nodes.get(this.page.start).x, y: 0, k });
    } else if (!view.whole) {
      view = this.inside((w >= NARROW && this.way(at)) || this.near(at || this.nodes.get(this.page.start)));
    }
    this.show(view, smooth);
  }

  way(at) {                               // the reached boxes, with as much of what is open as goes in beside them
    const onward = at ? [at.id, ...this.next.get(at.id)] : [];
    const [reached, open] = [this.with('v'), this.with('v', 'o')];
    const ways = [[...open, ...onward], open, [...reached, ...onward], reached].filter((ids) => ids.length);
    return ways.map((ids) => this.fit(this.boxOf(ids), this.least(), 1.15)).find((view) => view.whole);
  }

  near(at) {                              // one box and its neighbours; where they are too far apart, the box in the middle
    const view = this.fit(this.boxOf([at.id, ...this.before.get(at.id), ...this.next.get(at.id)]), this.least(), 1);
    return view.whole ? view : { ...view, x: at.x, y: at.y };
  }

  inside(view) {                          // nothing but the page in view, where the page is larger than the view
    const [w, h] = this.size();
    const clamp = (value, half, length) => (length <= 2 * half ? length / 2 : Math.max(half, Math.min(length - half, value)));
    return { ...view, x: clamp(view.x, w / 2 / view.k, this.page.width), y: clamp(view.y, h / 2 / view.k, this.page.height) };
  }

  whole() {
    const view = this.fit({ left: 0, top: 0, right: this.page.width, bottom: this.page.height }, 0.1, 1.15);
    this.show(view, true);
  }

  zoom(factor, px, py) {
    const [w, h] = this.size();
    const { x, y, k } = this.view;
    const least = Math.min(SMALLEST, w / this.page.width, h / this.page.height);
    const next = Math.max(least, Math.min(LARGEST, k * factor));
    const [cx, cy] = px === undefined ? [w / 2, h / 2] : [px, py];
    this.show({ x: x + (cx - w / 2) * (1 / k - 1 / next), y: y + (cy - h / 2) * (1 / k - 1 / next), k: next }, px === undefined);
  }

  reveal(id) {                            // the least movement that brings a box into view
    const [w, h] = this.size();
    if (!w || !this.view) return;
    const n = this.nodes.get(id);
    const { x, y, k } = this.view;
    const [mx, my] = [w / 2 / k - n.w / 2 - 34, h / 2 / k - n.h / 2 - 16];
    const pull = (centre, value, room) => (room <= 0 ? value : Math.max(value - room, Math.min(value + room, centre)));
    const next = { x: pull(x, n.x, mx), y: pull(y, n.y, my), k };
    if (w < NARROW && n.y > y) next.y = n.y + (h / k) * 0.22;                      // a phone shows what it says below
    if (next.x !== x || next.y !== y) this.show(next, true);
  }

  show(view, smooth) {
    cancelAnimationFrame(this.frame);
    const from = this.view;
    const still = from && ['x', 'y', 'k'].every((name) => Math.abs(view[name] - from[name]) < 0.01);
    if (!smooth || !from || still || calm()) { this.apply(view); return; }
    const began = performance.now();
    const step = (now) => {
      const t = Math.min(1, (now - began) / 200);
      const ease = 1 - (1 - t) ** 3;
      const mix = (name) => from[name] + (view[name] - from[name]) * ease;
      this.apply({ x: mix('x'), y: mix('y'), k: mix('k') });
      if (t < 1) this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  apply(view) {
    const [w, h] = this.size();
    if (!w || !h) return;
    this.view = { x: view.x, y: view.y, k: view.k };
    const box = [view.x - w / 2 / view.k, view.y - h / 2 / view.k, w / view.k, h / view.k];
    this.svg.setAttribute('viewBox', box.map((v) => v.toFixed(2)).join(' '));
    this.svg.dataset.scale = view.k.toFixed(3);
  }
}
