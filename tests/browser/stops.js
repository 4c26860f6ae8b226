// Where the focus is: how it is called, in which list it stands, and whether it lies before the stop it came from.
() => {
  let e = document.activeElement;
  while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
  if (!e || e === document.body) return null;
  const flat = (text) => (text ?? '').replace(/\s+/g, ' ').replace(/ \(\d+[^)]*\)/, '').trim();
  const whose = e.type === 'radio' ? e.closest('[role=radiogroup], fieldset') : e;
  const by = (name) => flat((whose.getAttribute(name) ?? '').split(' ').map((id) => whose.getRootNode().getElementById(id)?.textContent).join(' '));
  const inside = (which) => flat(e.querySelector(which)?.textContent);
  const name = flat(whose.ariaLabel) || by('aria-labelledby') || flat(whose.querySelector(':scope > legend')?.textContent)
    || flat(whose.labels?.[0]?.firstChild?.textContent) || inside('.group-name, b, .study-name') || (e.id === 'stMain' ? '' : flat(e.innerText)) || flat(e.title);
  const kind = e.closest('g.node') ? 'box' : { a: 'link', select: 'choice', textarea: 'field', summary: 'fold', main: 'the page' }[e.localName]
    ?? { radio: 'answers', range: 'slider', text: 'field', search: 'field' }[e.type] ?? (e.localName === 'button' ? 'button' : e.role ?? e.localName);
  const list = e.closest('ul, ol, dl, tbody, .folds');
  const before = window.stopBefore?.isConnected ? window.stopBefore : null;
  const [now, then] = [e.getBoundingClientRect(), before?.getBoundingClientRect()];
  const same = !!before && before.getRootNode() === e.getRootNode() && e.getRootNode() !== document;
  const sameList = !!before && !!list && window.stopList === list;
  Object.assign(window, { stopBefore: e, stopList: list });
  return { name: name ? `${kind}: ${name.slice(0, 60).trim()}` : kind, sameList,
    upward: same && now.bottom <= then.top + 1 && now.left < then.right && now.height > 0 };
}
