"""What is read of a folder, and how each file is to be sent."""

import gzip
from pathlib import Path

import pytest

from teahouse.gateways.web import bundle
from teahouse.gateways.web.bundle import NoClient, read


def folder(at: Path, **more: bytes) -> Path:
    (at / "assets").mkdir(parents=True)
    (at / "index.html").write_bytes(b"<!doctype html>")
    (at / "assets" / "index-3fb0.js").write_bytes(b"let tea")
    for name, data in more.items():
        (at / name).write_bytes(data)
    return at


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("sw.js", "text/javascript; charset=utf-8"),
        ("style.css", "text/css; charset=utf-8"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("icon.svg", "image/svg+xml"),
        ("noto.woff2", "font/woff2"),
        ("LOGO.PNG", "image/png"),
        ("what.is-this", "application/octet-stream"),
    ],
)
def test_types_are_ours_and_not_the_machines(tmp_path: Path, name: str, media: str) -> None:
    piece = read(folder(tmp_path / "c", **{name: b"x"})).find(f"/{name}")
    assert piece is not None
    assert dict(piece.codings[""].headers)[b"content-type"] == media.encode()


def test_what_has_a_hash_in_its_name_is_kept_and_the_rest_asked_for_again(tmp_path: Path) -> None:
    made = read(folder(tmp_path / "c", **{"sw.js": b"x"}))
    kept = {
        path: dict(made.find(path).codings[""].headers)[b"cache-control"]  # type: ignore[union-attr]
        for path in ("/", "/index.html", "/sw.js", "/assets/index-3fb0.js")
    }
    assert kept.pop("/assets/index-3fb0.js") == b"public, max-age=31536000, immutable"
    assert set(kept.values()) == {b"no-cache"}


def test_neighbours_are_codings_of_their_file_and_no_files(tmp_path: Path) -> None:
    packed = gzip.compress(b"x")
    made = read(
        folder(tmp_path / "c", **{"sw.js": b"x", "sw.js.gz": packed, "sw.js.br": b"b", "alone.gz": packed})
    )
    piece = made.find("/sw.js")
    assert piece is not None
    assert {coding: sent.body for coding, sent in piece.codings.items()} == {
        "": b"x",
        "br": b"b",
        "gzip": packed,
    }
    assert len({sent.etag for sent in piece.codings.values()}) == 3
    assert all((b"vary", b"Accept-Encoding") in sent.rest for sent in piece.codings.values())
    assert made.find("/sw.js.gz") is None
    assert made.find("/alone.gz") is not None
    assert b"vary" not in dict(made.index.codings[""].headers)


def test_nothing_hidden_is_read_and_no_link_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"s")
    made = folder(tmp_path / "c", **{".env": b"s"})
    (made / ".git").mkdir()
    (made / ".git" / "config").write_bytes(b"s")
    (made / "link.txt").symlink_to(secret)
    (made / "up").symlink_to(tmp_path)
    found = read(made)
    for path in ("/.env", "/.git/config", "/link.txt", "/up/secret"):
        assert found.find(path) is None


def test_what_is_no_client_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoClient, match="no index"):
        read(tmp_path / "nowhere")
    monkeypatch.setattr(bundle, "FILE_BYTES", 4)
    with pytest.raises(NoClient, match="too large"):
        read(folder(tmp_path / "c"))
    monkeypatch.setattr(bundle, "FILE_BYTES", 1000)
    monkeypatch.setattr(bundle, "ALL_BYTES", 16)
    with pytest.raises(NoClient, match="too large"):
        read(tmp_path / "c")
