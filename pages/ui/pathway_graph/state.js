const shared = window[Symbol.for('guideline.explorer.graph')] ??= { shown: new Map(), news: new Map() };
export default function ({ data: bytes }) {
  const data = JSON.parse(new TextDecoder().decode(bytes));
  shared.news.set(data.key, data);
  document.documentElement.toggleAttribute('data-box', Boolean(data.selected));    // what it says rises on a phone
  const shown = shared.shown.get(data.key);
  if (shown && shown.page.page === data.page) shown.update(data);
}
