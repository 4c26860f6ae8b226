const shared = window[Symbol.for('guideline.explorer.graph')] ??= { shown: new Map(), news: new Map() };
export default function ({ data }) {
  shared.news.set(data.key, data);
  const shown = shared.shown.get(data.key);
  if (shown && shown.page.page === data.page) shown.update(data);
}
