// Notes, codes and files: made by the server when asked for, handed on here, and not kept. The clipboard must be asked
// within the press itself, so it is promised a text that comes with the server's answer.
const handing = { text: null, copied: null };
const PATIENCE = 8000;                                     // ms until an answer is given up

function shares(m, button, tell) {                         // true when the press was about sharing
  if (button.dataset.press === 'code') tell('press', `code:${m.body.querySelector('.code-in').value}`);
  else if ('copy' in button.dataset) tell('press', button.dataset.press);
  else return false;
  if ('copy' in button.dataset) promise();
  return true;
}

function promise() {
  const text = new Promise((done, fail) => { handing.text = done; setTimeout(fail, PATIENCE); });
  text.catch(() => {});
  handing.copied = null;
  if (!navigator.clipboard?.write || !window.ClipboardItem) return;
  const blob = text.then((words) => new Blob([words], { type: 'text/plain' }));
  blob.catch(() => {});
  try { handing.copied = navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]); } catch { return; }
  handing.copied.catch(() => {});
}

async function take(m, hand) {                             // what the server made, once
  if (m.hand === hand.id) return;
  m.hand = hand.id;
  if (hand.opened) {
    m.body.querySelector('.code-in').value = '';
    m.body.querySelector('details[data-keep="code"]').open = false;
  }
  lay(m, '');
  if (hand.file) save(new Blob([Uint8Array.from(atob(hand.file), (sign) => sign.charCodeAt(0))], { type: 'application/pdf' }), hand.name);
  let said = hand.said;
  if (hand.copy && !(await copied(hand.copy))) {
    lay(m, hand.copy);
    said = 'The browser did not let us copy. The text is selected below: copy it from there.';
  }
  m.body.querySelector('.share [role="status"]').textContent = said;
}

async function copied(words) {
  handing.text?.(words);
  try { await handing.copied; } catch { handing.copied = null; }
  if (handing.copied) return true;
  try { await navigator.clipboard.writeText(words); return true; } catch { return false; }
}

function lay(m, words) {                                   // the text to copy by hand
  const box = m.body.querySelector('.handed');
  if (!box) return;                                        // a part that hands over files only
  box.value = words;
  box.hidden = !words;
  if (words) { box.focus(); box.select(); }
}

function unshare(m) {
  if (!m.body.querySelector('.share')) return;
  const code = m.body.querySelector('.code-in');
  if (code) code.value = '';
  m.body.querySelector('.share [role="status"]').textContent = '';
  lay(m, '');
}
