/** How the client's report looks, on paper too. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--ink:#17181b;--muted:#54575f;--paper:#fff;--line:#d9dade;--good:#17693a;--bad:#b3261e;--look:#7a4d00}
@media (prefers-color-scheme:dark){:root{--ink:#f0f0f2;--muted:#a3a6ae;--paper:#151618;--line:#2f3137;--good:#6fd69a;--bad:#ff8a80;--look:#f2c14e}}
*{box-sizing:border-box}body{margin:0 auto;max-width:920px;padding:48px 28px 80px;font:15px/1.55 system-ui,"Segoe UI",Helvetica,Arial,sans-serif;color:var(--ink);background:var(--paper)}
h1{font-size:26px;line-height:1.2;margin:0 0 4px}h2{font-size:18px;margin:0;overflow-wrap:anywhere}h3{font-size:14px;margin:24px 0 8px}
.meta{color:var(--muted);font-size:13px;margin:2px 0 12px}section{border-top:1px solid var(--line);margin-top:36px;padding-top:24px;break-inside:avoid-page}
dl{margin:0}.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(180px,1fr));gap:10px 24px}dt{font-size:12px;color:var(--muted)}dd{margin:0}
.measures{display:grid;grid-template-columns:1fr 1fr;gap:16px 28px;margin-top:8px}.measures b{font-size:20px;font-variant-numeric:tabular-nums;margin-right:6px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:16px;max-width:640px}figure{margin:0}img{display:block;width:100%;height:340px;object-fit:contain;border:1px solid var(--line);border-radius:8px;background:#fff}figcaption{font-size:12px;color:var(--muted);margin-top:4px}
.verdict{font-weight:600;margin:12px 0}.faithful{color:var(--good)}.unfaithful{color:var(--bad)}.unmeasured{color:var(--look)}
ul{padding-left:18px;margin:0}li{margin:6px 0}li.refuse b{color:var(--bad)}li.warn b{color:var(--look)}li .meta{display:inline;margin:0 0 0 6px}
table{border-collapse:collapse;width:100%;margin-top:12px;font-size:14px}td{border-top:1px solid var(--line);padding:7px 12px 7px 0;vertical-align:top}
@media (max-width:560px){.measures,.pair{grid-template-columns:1fr}}@media print{body{padding:0}}
`;
