"""Look: colours, light and dark, and where everything stands on the screen.

Rule: colours are named for what they say, and no meaning is in a colour alone. Called by program.py and what draws.
"""

import os
from collections.abc import Mapping
from hashlib import blake2b

from msgspec import Struct
from rich.theme import Theme as MarkdownTheme
from textual.theme import Theme

DARK = Theme(
    name="teahouse-dark",
    dark=True,
    primary="#7fb08a",
    secondary="#c9a66b",
    accent="#e0b15e",
    foreground="#d8dcd6",
    background="#161a17",
    surface="#1d221e",
    panel="#252c27",
    success="#7fb08a",
    warning="#d9a441",
    error="#e5786d",
)
LIGHT = Theme(
    name="teahouse-light",
    dark=False,
    primary="#3e7150",
    secondary="#8a6a2f",
    accent="#9a6a12",
    foreground="#23291f",
    background="#fbfaf5",
    surface="#f3f1e8",
    panel="#e8e5d8",
    success="#3e7150",
    warning="#8f6400",
    error="#b03a2e",
)


class Look(Struct, frozen=True):
    """Colours for Rich."""

    dark: bool
    muted: str
    accent: str
    error: str
    mention: str
    chosen: str
    nicks: tuple[str, ...]

    def markdown(self) -> MarkdownTheme:
        """What Rich shows Markdown in: nothing that is made for black ground only."""
        styles = {
            "code": f"bold {self.accent}",
            "block_quote": self.muted,
            "item.bullet": f"bold {self.muted}",
        }
        styles |= {"item.number": self.muted, "link_url": f"underline {self.accent}", "link": "bold"}
        styles |= {"table.header": "bold", "table.border": self.muted, "h1": "bold", "h2": "bold"}
        return MarkdownTheme({f"markdown.{name}": style for name, style in styles.items()})

    def nick(self, user: str) -> str:
        """The colour of a user: the same in all conversations."""
        digest = blake2b(user.encode(), digest_size=2).digest()
        return self.nicks[int.from_bytes(digest, "big") % len(self.nicks)]


DARK_LOOK = Look(
    True,
    "#8b948c",
    "#e0b15e",
    "#e5786d",
    "bold #161a17 on #e0b15e",
    "#2f3a32",
    ("#8fc7e8", "#e8a87c", "#b5d99c", "#d7a9e3", "#f2c572", "#88d8c0", "#f29ca3", "#a8b8ff"),
)
LIGHT_LOOK = Look(
    False,
    "#667063",
    "#8a5c08",
    "#b03a2e",
    "bold #fbfaf5 on #8a5c08",
    "#dcd8c4",
    ("#1b6a94", "#a3490f", "#3b6f1e", "#7a3d8f", "#7d5a00", "#0f6b57", "#a82a3c", "#3b4fb0"),
)


def dark_terminal(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal is dark, as far as it says (COLORFGBG, rxvt and others); most are."""
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return background not in ("7", "15")


CSS = """
* { scrollbar-background: $surface; scrollbar-background-hover: $surface; scrollbar-background-active: $surface;
    scrollbar-color: $primary 40%; scrollbar-color-hover: $primary 60%; scrollbar-color-active: $primary; }
Screen { layout: vertical; background: $background; color: $foreground; }
#body { height: 1fr; }
#talks { width: 26; background: $surface; }
#talks.hidden, #members.hidden { display: none; }
#filter { height: 1; border: none; padding: 0 1; background: $panel; color: $foreground; }
#list { height: 1fr; border: none; padding: 0; background: $surface; scrollbar-size: 1 1; }
#list > .option-list--option { padding: 0; }
#list > .option-list--option-highlighted { background: $panel; color: $foreground; text-style: none; }
#list:focus > .option-list--option-highlighted { background: $primary 40%; color: $foreground; }
#middle { width: 1fr; }
#title { height: 1; padding: 0 1; background: $panel; color: $foreground; }
#messages { height: 1fr; padding: 0 1; overflow-x: hidden; overflow-y: scroll; scrollbar-size: 1 1; }
#lost { height: 1; padding: 0 1; background: $error; color: $background; display: none; }
#lost.shown { display: block; }
#mode { height: 1; padding: 0 1; background: $panel; color: $accent; display: none; }
#mode.shown { display: block; }
#hint { height: 1; padding: 0 1; color: $text-muted; }
#composer { height: auto; min-height: 3; max-height: 8; border: round $primary 50%; padding: 0 1;
            background: $background; scrollbar-size: 1 1; }
#composer:focus { border: round $primary; }
#members { width: 24; background: $surface; padding: 0 1; scrollbar-size: 1 1; }
#keys { height: 1; background: $panel; color: $text-muted; padding: 0 1; link-style: none;
        link-color: $text-muted; link-background-hover: $primary 40%; link-style-hover: none; }

ModalScreen { align: center middle; background: $background 60%; }
.box { width: 90%; max-width: 92; height: auto; max-height: 90%; border: round $primary; background: $surface;
       padding: 0 1; }
#searching { height: 80%; }
#found { height: 1fr; border: none; background: $surface; scrollbar-size: 1 1; }
#found:focus { background-tint: $foreground 0%; }
#found > .option-list--option-highlighted, #found:focus > .option-list--option-highlighted {
    background: $primary 25%; color: $foreground; text-style: none; }
#query { border: none; height: 1; background: $panel; padding: 0 1; }
#state { height: 1; color: $text-muted; }
#help { height: auto; max-height: 100%; }
"""
