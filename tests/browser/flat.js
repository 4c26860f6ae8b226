// The page as one tree, also what stands in the parts' own trees, with the looks that HTML_CodeSniffer asks for: it does
// not look into them by itself. Ids of a part get the number of the part, so that they stay apart.
() => {
  const LOOKS = ['display', 'visibility', 'position', 'color', 'background-color', 'font-size', 'font-weight'];
  const REFERS = ['for', 'headers', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns'];
  let parts = 0;

  function copied(node, part) {
    if (node.nodeType === 3) return node.cloneNode();
    if (node.nodeType !== 1 || /^(script|style|link|noscript)$/i.test(node.localName)) return '';
    const twin = node.cloneNode(false);
    const style = getComputedStyle(node);
    twin.setAttribute('style', LOOKS.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';'));
    const own = (ids) => ids.split(' ').map((id) => `part-${part}-${id}`).join(' ');
    if (part && twin.id) twin.id = own(twin.id);
    for (const name of part ? REFERS : []) if (twin.hasAttribute(name)) twin.setAttribute(name, own(twin.getAttribute(name)));
    if (node.shadowRoot) {
      parts += 1;
      const number = parts;
      twin.append(...[...node.shadowRoot.childNodes].map((kid) => copied(kid, number)));
    }
    twin.append(...[...node.childNodes].map((kid) => copied(kid, part)));
    return twin;
  }

  const page = copied(document.documentElement, 0);
  const title = document.createElement('title');
  title.textContent = document.title;
  page.querySelector('head').replaceChildren(title);
  return `<!doctype html>${page.outerHTML}`;
}
