/**
 * How it looks: one constructed style sheet, inside the shadow root. A page's policy on styles has nothing to say to it.
 *
 * Rule: `--accent` is only ever a ground, with `--on-accent` on it, so that any colour of a site can be read.
 */
import { inkOn } from './options'

const DEFAULT = '#0f6b54'

export function styleSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(STYLES)
  return sheet
}

/** The colours of a site, as rules of the second sheet; `color` was checked by colorOf. */
export function themeOf(color: string | undefined): string {
  const accent = color ?? DEFAULT
  return `.root { --accent: ${accent}; --on-accent: ${inkOn(accent)} }`
}

const STYLES = `
:host { all: initial }
* { box-sizing: border-box }
[hidden] { display: none !important }
.root {
  --ground: #fff; --soft: #f1f3f2; --ink: #1d2421; --dim: #55605b; --line: #d5dbd8; --bad: #b3261e;
  color-scheme: light; color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", sans-serif;
}
.root[data-scheme=dark] {
  --ground: #1b1f1d; --soft: #2a302d; --ink: #eef2f0; --dim: #aab5b0; --line: #3d4541; --bad: #ff9a91;
  color-scheme: dark;
}
button, input, textarea { font: inherit; color: inherit }
button { cursor: pointer; border: 0; background: none; padding: 0 }
button:disabled { cursor: default; opacity: .6 }
svg { width: 22px; height: 22px; display: block }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; box-shadow: 0 0 0 2px var(--ground) }
.bubble {
  position: fixed; bottom: 20px; right: 20px; z-index: 2147483000; width: 56px; height: 56px; border-radius: 50%;
  display: grid; place-items: center; background: var(--accent); color: var(--on-accent);
  box-shadow: 0 4px 16px #0005; transition: transform .15s;
}
.bubble:hover { transform: scale(1.06) }
.bubble svg { width: 28px; height: 28px }
.left .bubble, .left .panel { right: auto; left: 20px }
.count {
  position: absolute; top: -4px; right: -4px; min-width: 22px; height: 22px; padding: 0 6px; border-radius: 11px;
  background: #b3261e; color: #fff; font-size: 13px; line-height: 22px; font-weight: 600; text-align: center;
}
.panel {
  position: fixed; bottom: 88px; right: 20px; z-index: 2147483001; width: 376px; height: min(600px, calc(100vh - 108px));
  display: flex; flex-direction: column; overflow: hidden; border-radius: 16px; background: var(--ground);
  border: 1px solid var(--line); box-shadow: 0 8px 40px #0004; animation: rise .18s ease-out;
}
@keyframes rise { from { opacity: 0; transform: translateY(12px) } }
header { display: flex; align-items: center; gap: 8px; padding: 12px 16px; background: var(--accent); color: var(--on-accent) }
header :focus-visible { outline-color: var(--on-accent); box-shadow: none }
.who { flex: 1; min-width: 0 }
h2 { margin: 0; font-size: 16px; line-height: 1.3; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.who p { margin: 0; font-size: 13px }
.dot { display: inline-block; width: 8px; height: 8px; margin-right: 6px; border-radius: 50%; border: 1px solid currentColor }
.dot.on { background: currentColor }
.icon { width: 40px; height: 40px; border-radius: 10px; display: grid; place-items: center; flex: none }
.status { margin: 0; padding: 6px 16px; font-size: 13px; color: var(--dim); background: var(--soft); border-bottom: 1px solid var(--line) }
.status.bad { color: var(--bad) }
.log { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 12px 16px; outline-offset: -3px }
ol { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 3px }
.day { align-self: center; margin: 10px 0 4px; font-size: 12px; color: var(--dim) }
.said { max-width: 84%; align-self: flex-start }
.said.own { align-self: flex-end; text-align: right }
.said.first { margin-top: 8px }
.nick { margin: 0 0 2px 2px; font-size: 12px; color: var(--dim) }
.text {
  display: inline-block; margin: 0; padding: 8px 12px; border-radius: 14px; background: var(--soft); text-align: left;
  white-space: pre-wrap; overflow-wrap: anywhere;
}
.own .text { background: var(--accent); color: var(--on-accent) }
.said a, .said .file { color: inherit; text-decoration: underline }
.text.gone { background: none; border: 1px dashed var(--line); color: var(--dim); font-style: italic }
.state { display: block; margin: 1px 4px 0; font-size: 12px; color: var(--dim) }
.state.bad { color: var(--bad) }
canvas { display: block; max-width: 220px; max-height: 220px; border-radius: 12px; border: 1px solid var(--line) }
.open { display: inline-block; border-radius: 12px }
.link { font-size: 13px; text-decoration: underline; padding: 4px; color: var(--ink) }
.middle { display: block; margin: 0 auto 8px }
.tools { display: flex; align-items: center; justify-content: space-between; gap: 8px; padding: 0 16px; min-height: 26px; font-size: 13px; color: var(--dim) }
.tools p { margin: 0 }
.composer { display: flex; align-items: flex-end; gap: 4px; padding: 8px 12px 12px; border-top: 1px solid var(--line) }
textarea, input {
  width: 100%; padding: 8px 12px; border: 1px solid var(--dim); border-radius: 12px; background: var(--ground);
}
.composer textarea { flex: 1; resize: none; max-height: 120px; min-height: 40px; height: 40px }
.go { background: var(--accent); color: var(--on-accent) }
.form { padding: 12px 16px 16px; border-top: 1px solid var(--line); overflow-y: auto; max-height: 75% }
.form h3 { margin: 0 0 4px; font-size: 15px }
.form p { margin: 0 0 8px; color: var(--dim); font-size: 13px }
.form .error { color: var(--bad) }
label { display: block; margin-bottom: 8px; font-size: 13px }
.wide { padding: 8px 16px; border-radius: 12px; font-weight: 600 }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px }
fieldset { border: 0; margin: 0 0 8px; padding: 0 }
legend { padding: 0; font-weight: 600; margin-bottom: 6px }
.stars { display: flex; align-items: center; gap: 6px; font-size: 13px; color: var(--dim) }
.stars label { position: relative; margin: 0; width: 40px; height: 40px }
.stars input { position: absolute; inset: 0; opacity: 0; margin: 0; width: 100%; height: 100%; cursor: pointer }
.stars span { display: grid; place-items: center; height: 100%; border: 1px solid var(--dim); border-radius: 50%; color: var(--ink); font-size: 15px }
.stars input:checked + span { background: var(--accent); color: var(--on-accent); border-color: var(--ink) }
.stars input:focus-visible + span { outline: 3px solid var(--ink); outline-offset: 2px }
.hide { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (max-width: 480px) {
  .panel, .left .panel { inset: 0; width: auto; height: auto; border: 0; border-radius: 0 }
  .shown .bubble { display: none }
  textarea, input { font-size: 16px }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important } }
@media (forced-colors: active) { .bubble, .panel, .go, .text { border: 1px solid } }
`
