"""Writes docs/screenshots/terminal.svg: the full-screen client in a small scene, played on a real server.

Rule: nothing is drawn by hand. The picture names no font to fetch: it is shown with what the reader's machine has.
Run it with `python -m tools.terminal_screenshot` after a change of how the client looks.
"""

import asyncio
import json
import re
import subprocess
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from teahouse.client import Client, Hello
from teahouse.fullscreen.language import Language
from teahouse.fullscreen.program import Program
from teahouse.model import commands
from teahouse.model.results import Created

PICTURE = Path(__file__).parents[1] / "docs" / "screenshots" / "terminal.svg"
SIZE = (100, 30)


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "teahouse", "serve", "--data", folder]
        ports = ["--tcp-port", "0", "--http-port", "0", "--xmpp-port", "0", "--limits", "off"]
        server = await asyncio.create_subprocess_exec(
            *command, *ports, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert server.stdout is not None
        url = json.loads(await server.stdout.readline())["tcp"]
        try:
            svg = await scene(url)
        finally:
            server.terminate()
            await server.wait()
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(without_fonts(svg), encoding="utf-8")


async def scene(url: str) -> str:
    """Alice, Bob, Carol and 小林 talk about tea."""
    async with AsyncExitStack() as stack:
        alice, bob, carol, lin = [
            await stack.enter_async_context(Client(url, Hello(nick=nick)))
            for nick in ("alice", "bob", "carol", "小林")
        ]
        program = Program(alice, None, Language("en"))
        pilot = await stack.enter_async_context(program.run_test(size=SIZE))
        await pilot.pause(0.5)
        group = commands.Create(kind="group", title="Tasting 品茶", members=["@bob", "@carol", "@小林"])
        tea = (await alice.request(group, Created)).conversation
        await program.visit.start()
        await program.enter(tea)
        await talk(program, tea, bob, carol, lin)
        await bob.send("@alice", "Shall I bring the small pot?")
        await carol.send("lobby", "Good morning, everybody.")
        await lin.send("lobby", "@alice 早上好！")
        await carol.typing(tea)
        program._stage.composer.take("And the white one?")
        await pilot.pause(1.0)
        return program.export_screenshot(title="teahouse chat", simplify=True)


async def talk(program: Program, tea: str, bob: Client, carol: Client, lin: Client) -> None:
    program.writing.send("Which tea for tomorrow?")
    await asyncio.sleep(0.3)  # until it is stored
    asked = 2
    await lin.send(tea, "龙井吧，今年的新茶很香。", reply_to=asked)
    plan: dict[str, Any] = {
        "type": "markdown",
        "text": "I would say:\n\n1. **Longjing**, 80 °C\n2. `oolong`, in the small pot",
    }
    second = await bob.send(tea, None, body=plan)
    for person, emoji in ((carol, "🍵"), (lin, "🍵"), (bob, "👍")):
        await person.request(commands.React(conversation=tea, seq=second.seq, emoji=emoji), dict)
    last = await carol.send(tea, "@alice I have a kettle that keeps the temperature.")
    program.writing.send("Perfect. See you at ten.")
    await asyncio.sleep(0.3)  # until it is stored
    for person in (bob, carol, lin):
        await person.read(tea, last.seq + 1)
    await asyncio.sleep(0.3)


def without_fonts(svg: str) -> str:
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace("Fira Code", "monospace")


if __name__ == "__main__":
    asyncio.run(main())
