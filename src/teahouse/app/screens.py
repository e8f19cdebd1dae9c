"""The screens: those who look at what is about to be said, put together. A part of compose.py."""

from pathlib import Path

from teahouse.engine.options import ModerationOptions
from teahouse.engine.words import Action, WordScreen, rules_of
from teahouse.ports.screen import Screen


class CannotScreen(Exception):
    """The words cannot be read, or make no sense; the text says which, and what to do."""


def open_screens(options: ModerationOptions) -> tuple[Screen, ...]:
    """The word filter, if there are words."""
    lines = list(options.words)
    if options.words_file:
        try:
            lines += Path(options.words_file).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CannotScreen(f"moderation.words_file cannot be read: {error}") from error
    try:
        rules = rules_of(lines, Action(options.action))
    except ValueError as error:
        raise CannotScreen(f"moderation.words: {error}") from error
    return (WordScreen(rules),) if rules else ()
