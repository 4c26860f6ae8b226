// Keeps the case in the memory of the open tab and gives it back to a session that has lost it. Forgets when idle.
const kept = { session: null, epoch: null, entries: {}, last: Date.now(), idle: 0, tell: null, clock: null, giving: false };

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
  const lost = kept.giving || (kept.session !== null && kept.session !== data.session);
  kept.session = data.session;
  kept.giving = data.asks || (lost && data.fresh && Object.keys(kept.entries).length > 0);    // until it was heard
  if (kept.giving) setTriggerValue('kept', { epoch: kept.epoch, entries: kept.entries });
  else Object.assign(kept, { epoch: data.epoch, entries: data.entries });
}

function remember(epoch, key, entry) {                     // an answer that a lost server may never have heard
  if (kept.epoch !== epoch) return;
  const { [key]: _, ...others } = kept.entries;
  kept.entries = entry ? { ...others, [key]: entry } : others;
}

// What is said while the line to the server is down, or before a new server has the case, reaches nobody. The last press
// made meanwhile waits.
const connected = () => document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState === 'CONNECTED';
const line = { waits: null, clock: null };

function tellWhenHeard(act) {
  if (connected() && !kept.giving) { act(); return; }
  line.waits = act;
  line.clock ??= setInterval(() => {
    if (!connected() || kept.giving) return;
    clearInterval(line.clock);
    line.clock = null;
    line.waits();
  }, 100);
}
