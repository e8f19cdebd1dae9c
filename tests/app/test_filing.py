"""Where nodes keep files: in one place, or they do not start."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from teahouse.app.filing import MARK, CannotShare, check_folder
from teahouse.app.settings import Settings, StoreOptions
from teahouse.backends.files.disk import Disk
from teahouse.backends.files.local import LocalBlobs
from teahouse.backends.files.options import BlobOptions
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.memory.vault import MemoryVault
from teahouse.backends.sql.options import SqlOptions


def node(data: Path, **blobs: Any) -> Settings:
    """A node of a shared store with this data directory."""
    options = BlobOptions(**blobs)
    sql = SqlOptions(url="postgresql://db.example.org/tea")
    return Settings(data=str(data), store=StoreOptions(kind="sql"), sql=sql, blobs=options)


async def test_nodes_with_one_folder(tmp_path: Path) -> None:
    vault = MemoryVault(MemoryStore())
    await check_folder(node(tmp_path / "a"), vault)
    await check_folder(node(tmp_path / "a"), vault)
    await check_folder(node(tmp_path / "b", folder=str(tmp_path / "a" / "files")), vault)


async def test_a_node_with_another_folder_does_not_start(tmp_path: Path) -> None:
    vault = MemoryVault(MemoryStore())
    await check_folder(node(tmp_path / "a"), vault)
    with pytest.raises(CannotShare, match=r"b/files is not the one in which other nodes keep files"):
        await check_folder(node(tmp_path / "b"), vault)


async def test_of_nodes_that_start_at_once_one_says_where(tmp_path: Path) -> None:
    vault = MemoryVault(MemoryStore())
    same = [check_folder(node(tmp_path / "a"), vault) for _ in range(8)]
    assert await asyncio.gather(*same) == [None] * 8
    other = MemoryVault(MemoryStore())
    apart = [check_folder(node(tmp_path / name), other) for name in "bc"]
    told = await asyncio.gather(*apart, return_exceptions=True)
    assert [type(one) for one in told if one is not None] == [CannotShare]


async def test_the_mark_is_no_file_of_anybody(tmp_path: Path) -> None:
    await check_folder(node(tmp_path), MemoryVault(MemoryStore()))
    disk = Disk()
    assert [name async for name in LocalBlobs(tmp_path / "files", disk).names()] == []
    await disk.close()


@pytest.mark.parametrize("settings", [Settings(), node(Path("x"), kind="s3", bucket="tea")])
async def test_who_needs_no_common_folder(settings: Settings, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    vault = MemoryVault(MemoryStore())
    await check_folder(settings, vault)
    assert await vault.get("files-place") is None
    assert not (tmp_path / MARK).exists()
