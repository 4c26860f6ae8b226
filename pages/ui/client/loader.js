const s = window.guidelineExplorer ??= (() => { let r; const p = new Promise((f) => { r = f; }); return { p, r }; })();
export default async (a) => (await s.p).PART({ ...a, data: JSON.parse(new TextDecoder().decode(a.data)) });
