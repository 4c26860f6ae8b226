// Files made in the browser: a table as CSV, a chart's own SVG as a picture with its title. Nothing is asked of a server
// but the font.
const FONT = 'app/static/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2';
const SHARP = 2;                                           // pixels of the picture for one of the screen
const PAD = 20;                                            // room around the chart [px]
const TITLE = { size: 17, line: 22 };                      // of the picture's title [px]

function save(blob, name) {
  const link = el('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function exported(button) {                                // true when the press was for a file
  if (button.dataset.csv) csv(button);
  if (button.dataset.png) picture(button);
  return !!(button.dataset.csv || button.dataset.png);
}

function csv(button) {
  const cells = (row) => [...row.cells].map((cell) => `"${cell.textContent.replaceAll('"', '""')}"`).join(',');
  const table = button.closest('details').querySelector('table');
  const text = [...table.rows].map(cells).join('\r\n') + '\r\n';
  save(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }), `${button.dataset.csv}.csv`);
}

async function picture(button) {
  const plot = document.querySelector(`.st-key-${button.dataset.png} .js-plotly-plot`);
  const page = getComputedStyle(document.querySelector('.stApp'));
  const { width, height } = plot.querySelector('svg.main-svg').getBoundingClientRect();
  const family = page.fontFamily.split(',')[0].replaceAll('"', '');
  const titles = lines(button.dataset.title, width, `650 ${TITLE.size}px ${page.fontFamily}`);
  const top = PAD + titles.length * TITLE.line;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 2 * PAD}" height="${height + top + PAD}">`
    + `<style>@font-face { font-family: "${family}"; src: url(${await font()}); font-weight: 200 800; }</style>`
    + `<rect width="100%" height="100%" fill="${page.backgroundColor}"/>`
    + titles.map((line, i) => heading(line, PAD + 2, PAD - 6 + (i + 0.8) * TITLE.line, page.color, family)).join('')
    + `<g transform="translate(${PAD} ${top})">`
    + [...plot.querySelectorAll('svg.main-svg')].map((part) => new XMLSerializer().serializeToString(part)).join('')
    + '</g></svg>';
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  await image.decode();
  const canvas = el('canvas', { width: Math.round((width + 2 * PAD) * SHARP), height: Math.round((height + top + PAD) * SHARP) });
  const draw = canvas.getContext('2d');
  draw.scale(SHARP, SHARP);
  draw.drawImage(image, 0, 0);
  URL.revokeObjectURL(image.src);
  canvas.toBlob((blob) => save(blob, `${button.dataset.name}.png`), 'image/png');
}

function lines(text, width, style) {                       // a text in lines that fit
  const ruler = el('canvas').getContext('2d');
  ruler.font = style;
  return text.split(' ').reduce((found, word) => {
    const longer = [...found.slice(-1), word].join(' ');
    if (found.length && ruler.measureText(longer).width < width) return [...found.slice(0, -1), longer];
    return [...found, word];
  }, []);
}

function heading(line, x, y, color, family) {
  const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  const looks = { x, y, fill: color, 'font-family': family, 'font-size': TITLE.size, 'font-weight': 650 };
  for (const [name, value] of Object.entries(looks)) text.setAttribute(name, value);
  text.textContent = line;
  return new XMLSerializer().serializeToString(text);
}

async function font() {                                    // a picture cannot ask for a font: it is written into it
  const blob = await (await fetch(new URL(FONT, document.baseURI))).blob();
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(blob);
  });
}
