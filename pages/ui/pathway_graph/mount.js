// One instance stays for as long as its element; what is sent later, and often, comes through state.js.
export default function ({ parentElement, data: bytes, setStateValue }) {
  const root = parentElement.querySelector('.graph');
  let m = memory.get(parentElement);
  if (!m) {
    m = { count: 0 };
    memory.set(parentElement, m);
  }
  if (m.bytes !== bytes) Object.assign(m, { bytes, data: JSON.parse(new TextDecoder().decode(bytes)) });
  const data = m.data;
  const choose = (id) => setStateValue('node', [id, `${Date.now()}`]);
  const version = [data.page.hash, data.page.teach, data.page.stage].join();
  if (m.version !== version || m.page !== data.page.page) {
    const Kind = data.view === 'list' ? List : Drawing;
    m.shown = new Kind(root, data.page, choose);
    m.page = data.page.page;
    m.version = version;
    m.news = null;
  }
  m.shown.choose = choose;
  shared.shown.set(data.key, m.shown);
  const news = shared.news.get(data.key);
  if (news && news.page === m.page && news !== m.news) {
    m.news = news;
    m.shown.update(news);
  }
}
