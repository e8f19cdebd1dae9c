"""The web client in a real Chromium: what is loaded first, typing to the other's screen, scrolling through 10,000.

Both pages and the server share the machine with nobody else; the clocks of two pages of one Chromium are one.
"""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from bench.served import server
from bench.verdict import Verdict, tell

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
PASSWORD = "a pot of oolong, twice"
FIRST_LOAD_KB = 250.0
SCREEN_MS = 100.0
FRAMES = 60.0
MANY = 10_000
SAID = 100

# From the key that sends to the frame in which the other sees it: one clock, told by each page of itself.
PRESSED = """() => { window.pressed = {};
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') window.pressed[event.target.value] = performance.timeOrigin + performance.now()
  }, true) }"""
SHOWN = """() => { window.shown = {};
  const look = () => requestAnimationFrame(() => {
    for (const article of document.querySelectorAll('[role=log] article, [role=log] [role=article]')) {
      const said = /said \\d+[.]/.exec(article.textContent ?? '')?.[0]
      if (said && !(said in window.shown)) window.shown[said] = performance.timeOrigin + performance.now()
    }
  })
  new MutationObserver(look).observe(document.querySelector('[role=log]'), {childList: true, subtree: true}) }"""

# Down from the top at a fast reader's pace, noting when each frame came.
SWEEP = """async (seconds) => {
  const log = document.querySelector('[role=log]'); const frames = []; const began = performance.now()
  let before = began
  while (before - began < seconds * 1000) {
    const now = await new Promise(requestAnimationFrame)
    frames.push(now - before); before = now
    log.scrollTop += 60
  }
  return frames.slice(2) }"""


def web(rounds: int, seconds: float) -> bool:
    with sync_playwright() as playwright, server(Path.cwd()) as ready:
        place = str(ready["http"])
        passed = [_first_load(playwright, place)]
        with _chromium(playwright) as browser:
            passed.append(_typing(browser, place))
            passed.append(_scrolling(browser, place, str(ready["tcp"]), seconds))
    return all(passed)


@contextmanager
def _chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS.split())
    yield browser
    browser.close()


def _visit(browser: Browser, place: str, user: str, path: str) -> Page:
    """Somebody who is logged in, before a page."""
    httpx2.post(f"{place}/api/v1/auth/register", json={"user": user, "password": PASSWORD})
    context = browser.new_context(base_url=place, locale="en-US", viewport={"width": 1280, "height": 800})
    login = {"user": user, "password": PASSWORD}
    context.request.post("/api/v1/auth/web/login", data=login, headers={"Origin": place})
    page = context.new_page()
    page.goto(f"{path}?entered=1")
    page.get_by_role("log").wait_for()
    return page


# --- what is loaded ------------------------------------------------------------------------------------


def _first_load(playwright: Playwright, place: str) -> bool:
    with _chromium(playwright) as browser:
        page = browser.new_context(base_url=place, locale="en-US").new_page()
        names: list[str] = []
        page.on("response", lambda answer: names.append(answer.url))
        page.goto("/login", wait_until="networkidle")
        stranger = _kilobytes(names)
    with _chromium(playwright) as browser:
        context = browser.new_context(base_url=place, locale="en-US")
        httpx2.post(f"{place}/api/v1/auth/register", json={"user": "first", "password": PASSWORD})
        login = {"user": "first", "password": PASSWORD}
        context.request.post("/api/v1/auth/web/login", data=login, headers={"Origin": place})
        page = context.new_page()
        loaded: list[str] = []
        page.on("response", lambda answer: loaded.append(answer.url))
        page.goto("/c/lobby?entered=1")
        page.get_by_role("log").wait_for()
        page.wait_for_load_state("networkidle")
        chat = _kilobytes(loaded)
    seen: dict[str, float | str] = {"login page, kB": stranger, "chat, kB": chat}
    promise = "JavaScript of the first chat screen, compressed"
    return tell(
        Verdict("web", promise, max(stranger, chat), FIRST_LOAD_KB, at_most=True, unit=" kB", seen=seen)
    )


def _kilobytes(urls: list[str]) -> float:
    """The size of these scripts as gzip, of those that a page asked for itself."""
    client = Path(__file__).parent.parent / "src" / "teahouse" / "webclient"
    names = {url.split("/assets/")[1] for url in urls if "/assets/" in url and url.endswith(".js")}
    return sum(_size(client / "assets" / name) for name in names) / 1000


def _size(path: Path) -> int:
    packed = path.with_name(path.name + ".gz")
    return (packed if packed.exists() else path).stat().st_size


# --- from key to screen --------------------------------------------------------------------------------


def _typing(browser: Browser, place: str) -> bool:
    alice, bob = _visit(browser, place, "alice", "/c/lobby"), _visit(browser, place, "bob", "/c/lobby")
    alice.evaluate(PRESSED)
    bob.evaluate(SHOWN)
    field = alice.get_by_role("main").get_by_role("textbox").first
    for number in range(SAID):
        field.fill(f"said {number}.")
        field.press("Enter")
        bob.wait_for_timeout(40)
    bob.wait_for_timeout(1000)
    pressed: dict[str, float] = alice.evaluate("window.pressed")
    shown: dict[str, float] = bob.evaluate("window.shown")
    for page in (alice, bob):
        page.context.close()
    waits = sorted(shown[text] - at for text, at in pressed.items() if text in shown)
    seen: dict[str, float | str] = {
        "messages": len(waits),
        "p50, ms": waits[len(waits) // 2],
        "p99, ms": waits[len(waits) * 99 // 100],
    }
    assert len(waits) == SAID, f"{SAID - len(waits)} were not seen"
    value = waits[len(waits) * 95 // 100]
    return tell(
        Verdict(
            "web",
            "from the key to the other's screen, p95",
            value,
            SCREEN_MS,
            at_most=True,
            unit=" ms",
            seen=seen,
        )
    )


# --- scrolling -----------------------------------------------------------------------------------------


def _scrolling(browser: Browser, place: str, tcp: str, seconds: float) -> bool:
    _many(tcp)
    page = _visit(browser, place, "carol", "/c/lobby")
    began = time.perf_counter()
    log = page.get_by_role("log")
    height, same = 0, 0
    while same < 60 and time.perf_counter() - began < 180:
        now = log.evaluate("element => { element.scrollTop = 0; return element.scrollHeight }")
        height, same = now, same + 1 if now == height else 0
        page.wait_for_timeout(30)
    assert "said 0." in page.get_by_role("article").first.inner_text(), "the beginning was not reached"
    reached = time.perf_counter() - began
    log.evaluate("element => { element.scrollTop = 0 }")
    page.wait_for_timeout(500)
    frames = sorted(page.evaluate(SWEEP, min(seconds, 10.0)))
    rows = page.locator("[role=log] [data-row]").count()
    rate = 1000 * len(frames) / sum(frames)
    seen: dict[str, float | str] = {
        "messages": MANY,
        "rows in the page": rows,
        "all history loaded after, s": reached,
        "frame p95, ms": frames[len(frames) * 95 // 100],
        "longest frame, ms": frames[-1],
    }
    return tell(
        Verdict(
            "web", "frames a second while scrolling", round(rate, 1), FRAMES * 0.97, at_most=False, seen=seen
        )
    )


def _many(tcp: str) -> None:
    """10,000 messages in the lobby, of different lengths, sent by a guest over TCP."""
    host, port = tcp.removeprefix("tcp://").rsplit(":", 1)
    with socket.create_connection((host, int(port))) as line, line.makefile("rwb") as stream:
        stream.write(b'{"op":"hello","id":0,"nick":"writer"}\n')
        for number in range(MANY):
            text = f"line {number} " + "leaves and water " * (number % 13)
            stream.write(
                json.dumps({"op": "send", "id": number + 1, "to": "lobby", "text": text}).encode() + b"\n"
            )
        stream.flush()
        for answer in stream:
            found: dict[str, Any] = json.loads(answer)
            if found.get("re") == MANY:
                break
