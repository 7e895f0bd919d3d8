/** How a bill looks in a browser; it is part of the page, since the page fetches nothing. */
export const BILL_STYLE = `
body { font: 11pt/1.45 'Public Sans', system-ui, sans-serif; color: #1b1f24; margin: 0; }
main { max-width: 44em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.5em; margin: .4em 0; }
h2 { font-size: 1.1em; color: #0b3d6b; margin: 1.4em 0 .4em; }
h3 { font-size: 1em; margin: 1em 0 .2em; border-top: 1px solid #0b3d6b; padding-top: .3em; }
h4 { font-size: .95em; margin: .6em 0 .1em; }
.sender { font-size: 1.5em; font-weight: bold; color: #0b3d6b; margin: 0; }
.quiet, figcaption { color: #57606a; font-size: .9em; margin: 0; }
.due { background: #e8f0f8; padding: .8em 1em; }
.due strong { display: block; font-size: 2.4em; line-height: 1.2; color: #1b1f24; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: normal; }
td { text-align: right; white-space: nowrap; }
thead th { color: #57606a; font-size: .9em; }
thead th ~ th { text-align: right; }
.facts th { width: 7em; color: #57606a; }
.facts td { text-align: left; white-space: normal; }
.service th, .service td, .sum th, .sum td { font-weight: bold; }
.sum th, .sum td { border-top: 1px solid #c9d1d9; }
figure { margin: 1em 0; }
svg { max-width: 100%; }
svg text { font-size: 8px; text-anchor: middle; fill: #57606a; }
.bar { fill: #9dbcd8; } .last { fill: #0b3d6b; } .estimated { fill: #fff; stroke: #0b3d6b; }
ol { font-size: .9em; margin: .2em 0; }
.slip { border-top: 2px dashed #57606a; margin-top: 2em; }
.mark { position: fixed; inset: 30% 0 auto; text-align: center; font-size: 22vw; font-weight: bold; color: #c62828; opacity: .13; transform: rotate(-35deg); pointer-events: none; margin: 0; }
@media print { main { margin: 0; } .slip, h2, figure { break-inside: avoid; } }
`;
