"""Writes docs/reference/protocol.schema.json from the structs of the protocol: `python -m tools.schema`.

Rule: what is written follows from wire/schema.py and from nothing else. tests/docs/test_reference.py compares it
with the file.
"""

from pathlib import Path

import msgspec

from teahouse.wire.schema import schema

FILE = Path(__file__).parent.parent / "docs" / "reference" / "protocol.schema.json"


def document() -> str:
    """The JSON Schema, one line a member, so that a change shows in a diff."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
    print(f"wrote {FILE}")
