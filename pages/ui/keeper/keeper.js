// Keeps the case in the memory of the open tab and gives it back to a session that has lost it. Forgets when idle.
const kept = { session: null, epoch: null, entries: {}, last: Date.now(), idle: 0, tell: null, clock: null };

function forget() {
  if (!kept.idle || Date.now() - kept.last < kept.idle * 1000) return;
  kept.last = Date.now();
  say('forget');
  if (!Object.keys(kept.entries).length) return;
  kept.entries = {};
  kept.tell('idle', kept.last);
}

function keeper({ data, setTriggerValue }) {
  kept.tell = setTriggerValue;
  kept.idle = data.idle;
  if (!kept.clock) {
    for (const event of ['pointerdown', 'keydown', 'input']) {
      window.addEventListener(event, () => { forget(); kept.last = Date.now(); }, { capture: true, passive: true });
    }
    kept.clock = setInterval(forget, 5000);
  }
  const lost = kept.session !== null && kept.session !== data.session;
  kept.session = data.session;
  if (lost && Object.keys(kept.entries).length) setTriggerValue('kept', { epoch: kept.epoch, entries: kept.entries });
  else Object.assign(kept, { epoch: data.epoch, entries: data.entries });
}
