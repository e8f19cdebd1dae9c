"""An evening in a teahouse: the people, conversations and messages that the screenshots of the web client show."""

import io
from math import cos
from typing import Any

import httpx2
from PIL import Image, ImageDraw

from tests.browser.place import Place

PEOPLE = {"alice": "Alice", "lin": "林夏", "bob": "Bob", "mei": "梅雨", "tom": "Tom"}
COLOURS = {"alice": ("#2f6a85", "#9ccbd8"), "lin": ("#a93226", "#f0b7a4"), "mei": ("#5f6b1e", "#cdd59a")}


class Scene:
    """`group` is the conversation that is looked at; `direct` one of two people."""

    def __init__(self, place: Place) -> None:
        self._place = place
        for user, nick in PEOPLE.items():
            place.register(user, nick)
        place.server_command("user", "admin", "alice")
        for user in COLOURS:
            self._portrait(user)
        self.group = place.group("alice", "品茶 Tasting", "lin", "bob", "mei", "tom")
        self.direct = ""
        self._talk()
        self._elsewhere()

    def _say(self, user: str, conversation: str, text: str, **more: Any) -> int:
        return self._place.say(user, conversation, text, **more)

    def _send(self, user: str, **fields: Any) -> int:
        return int(self._place.call(user, "POST", f"conversations/{self.group}/messages", **fields)["seq"])

    def _react(self, seq: int, emoji: str, *users: str) -> None:
        for user in users:
            self._place.command(user, "react", conversation=self.group, seq=seq, emoji=emoji)

    def _talk(self) -> None:
        group = self.group
        first = self._say("lin", group, "今天的新茶到了！明前龙井，香得很 🍵")
        self._react(first, "👍", "alice", "bob", "mei")
        self._react(first, "🎉", "tom")
        self._send(
            "mei", body={"type": "image", "file": self._picture("mei"), "text": "晒好了 — just off the tray"}
        )
        self._say("bob", group, "That colour! What do you brew it at?")
        answer = self._send(
            "lin",
            body={
                "type": "markdown",
                "text": "For **longjing**, gently:\n\n1. water at `80 °C`\n2. 3 g for 150 ml\n3. two minutes",
            },
        )
        self._say("alice", group, "@林夏 noted. I bring the cups at eight.", reply_to=answer)
        self._send(
            "tom",
            body={
                "type": "markdown",
                "text": "I wrote us a timer:\n\n```python\nasync def steep(minutes: float) -> None:\n"
                '    await asyncio.sleep(60 * minutes)\n    print("茶好了")\n```',
            },
        )
        last = self._say("alice", group, "八点见，大家 🙌")
        self._react(last, "❤️", "lin", "mei")

    def _elsewhere(self) -> None:
        """Other conversations in the list, some of them unread."""
        place = self._place
        trip = place.group("bob", "Hangzhou trip", "alice", "lin", "tom")
        self._say("tom", trip, "Train tickets are booked for Friday.")
        self._say("bob", trip, "@Alice can you bring the map?")
        news = place.group("lin", "茶讯 Tea news", "alice", "bob", kind="channel")
        self._say("lin", news, "春茶价目表已更新。")
        self._say("bob", "lobby", "Good evening, everybody.")
        sent = place.call("mei", "POST", "conversations/@Alice/messages", text="明天一起去茶园吗？")
        self.direct = str(sent["conversation"])
        self._say("alice", self.direct, "Yes! What time?")
        self._say("mei", self.direct, "早上九点，我来接你。")

    # --- pictures, made here ---

    def _upload(self, user: str, image: Image.Image, name: str) -> str:
        data = io.BytesIO()
        image.save(data, "PNG")
        answer = httpx2.post(
            f"{self._place.url}/api/v1/files?name={name}",
            headers={"Authorization": f"Bearer {self._place.register(user)}"},
            content=data.getvalue(),
        )
        assert answer.is_success, answer.text
        return str(answer.json()["id"])

    def _portrait(self, user: str) -> None:
        """A head and shoulders before a colour."""
        dark, light = COLOURS[user]
        image = Image.new("RGB", (256, 256), light)
        draw = ImageDraw.Draw(image)
        draw.ellipse((84, 56, 172, 144), fill=dark)
        draw.ellipse((36, 156, 220, 340), fill=dark)
        self._place.call(user, "PATCH", "users/me", avatar=self._upload(user, image, "portrait.png"))

    def _picture(self, user: str) -> str:
        """Tea leaves on a tray, more or less."""
        image = Image.new("RGB", (960, 600), "#e9dfc8")
        draw = ImageDraw.Draw(image)
        draw.ellipse((120, 90, 840, 540), fill="#c9a876", outline="#8a6a3f", width=10)
        for number in range(420):
            angle, reach = number * 2.399963, 13.5 * number**0.5
            x, y = 480 + reach * 1.15 * cos(angle), 312 + reach * 0.7 * cos(angle - 1.5708)
            shade = 90 + (number * 37) % 70
            draw.ellipse((x - 16, y - 5, x + 16, y + 5), fill=(shade // 2, shade, shade // 3))
        return self._upload(user, image, "leaves.png")
