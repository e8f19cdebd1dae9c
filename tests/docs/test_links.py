"""Links between the documents lead somewhere, and every document can be found from the README."""

from urllib.parse import unquote

import pytest

from tests.docs.markdown import ROOT, Document, documents


def targets(document: Document) -> list[tuple[str, Document, str]]:
    """(link, document, anchor) of all links that stay in the project."""
    found = []
    for link in document.links():
        if "://" not in link:
            path, _, anchor = unquote(link).partition("#")
            target = (document.path.parent / path).resolve() if path else document.path
            found.append((link, Document(target), anchor))
    return found


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_links_resolve(document: Document) -> None:
    for link, target, anchor in targets(document):
        assert target.path.exists(), f"{document.name}: {link}"
        assert target.path.is_relative_to(ROOT), f"{document.name}: {link}"
        assert not anchor or anchor in target.anchors(), f"{document.name}: {link}"


def test_every_document_is_reached_from_the_readme() -> None:
    reached, waiting = set(), [Document(ROOT / "README.md")]
    while waiting:
        document = waiting.pop()
        if document.path not in reached:
            reached.add(document.path)
            waiting += [target for _, target, _ in targets(document) if target.path.suffix == ".md"]
    lost = {document.path for document in documents()} - reached
    assert not lost, f"no link leads to {sorted(path.name for path in lost)}"
