"""Data forms (XEP-0004) and result sets (XEP-0059), as far as the server reads and writes them."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from msgspec import Struct

from teahouse.wire.xmpp.markup import element, text
from teahouse.wire.xmpp.names import DATA_FORMS, RSM


def fields(form: Element | None) -> dict[str, list[str]]:
    """The values of a form that was filled in, by `var`."""
    if form is None:
        return {}
    return {
        field.get("var", ""): [value.text or "" for value in field.findall(f"{{{DATA_FORMS}}}value")]
        for field in form.findall(f"{{{DATA_FORMS}}}field")
    }


def form(kind: str, form_type: str, values: Mapping[str, tuple[str, str]]) -> str:
    """A form; `values`: the type and value of each field."""
    hidden = field("FORM_TYPE", "hidden", form_type)
    return element(
        "x",
        {"xmlns": DATA_FORMS, "type": kind},
        hidden,
        *(field(name, what, value) for name, (what, value) in values.items()),
    )


def field(name: str, what: str, value: str) -> str:
    inside = element("value", None, text(value)) if value else ""
    return element("field", {"var": name, "type": what}, inside)


class Paging(Struct, frozen=True):
    """What part of a result set is asked for. `before` empty: the last page; None: not given."""

    most: int | None = None
    after: str | None = None
    before: str | None = None


def paging(query: Element) -> Paging:
    """What `<set/>` asks for; ValueError for what it cannot."""
    asked = query.find(f"{{{RSM}}}set")
    if asked is None:
        return Paging()
    most = asked.findtext(f"{{{RSM}}}max")
    after, before = asked.findtext(f"{{{RSM}}}after"), asked.findtext(f"{{{RSM}}}before")
    if most is not None and not (most.strip().isascii() and most.strip().isdigit()):
        raise ValueError("max is a number")
    return Paging(None if most is None else min(int(most), 10**6), after or None, before)


def page(first: str, last: str, count: int | None = None) -> str:
    """The `<set/>` of an answer."""
    inside = element("first", None, text(first)) + element("last", None, text(last)) if first else ""
    if count is not None:
        inside += element("count", None, str(count))
    return element("set", {"xmlns": RSM}, inside)
