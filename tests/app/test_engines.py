"""What --store and --broker stand for, and what does not go together."""

from pathlib import Path

import pytest

from teahouse.app.engines import UnknownEngine, broker_settings, store_settings
from teahouse.app.settings import load_settings
from teahouse.app.sources import WrongSettings
from tests.app.server import teahouse

URL = "postgresql://tea:s3cret@db.example.org/tea"


def test_a_word_or_an_address() -> None:
    assert store_settings("memory") == {"store.kind": "memory"}
    assert store_settings(URL) == {"store.kind": "sql", "sql.url": URL}
    assert store_settings("mysql://x/y") == {"store.kind": "sql", "sql.url": "mysql://x/y"}
    assert broker_settings("redis://x") == {"broker.kind": "redis", "redis.url": "redis://x"}


@pytest.mark.parametrize("given", ["oracle://tea:s3cret@x/y", "s3cret", "", "://s3cret", "POSTGRES"])
def test_what_is_no_engine_is_said_without_its_password(given: str) -> None:
    for meant in (store_settings, broker_settings):
        with pytest.raises(UnknownEngine) as caught:
            meant(given)
        assert "s3cret" not in str(caught.value)
        assert "give" in str(caught.value)


def test_a_person_is_told_in_one_sentence(tmp_path: Path) -> None:
    told = teahouse("serve", "--store", "oracle://tea:s3cret@x/y", cwd=tmp_path)
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    assert "s3cret" not in told.stderr


def test_an_address_is_a_secret(tmp_path: Path) -> None:
    shown = teahouse("config", cwd=tmp_path, TEAHOUSE_SQL_URL=URL, TEAHOUSE_STORE_KIND="sql")
    assert shown.returncode == 0, shown.stderr
    assert "s3cret" not in shown.stdout
    as_json = teahouse("config", "--json", cwd=tmp_path, TEAHOUSE_SQL_URL=URL, TEAHOUSE_STORE_KIND="sql")
    assert "s3cret" not in as_json.stdout
    wrong = teahouse("config", cwd=tmp_path, TEAHOUSE_SQL_URL="oracle://tea:s3cret@x")
    assert wrong.returncode == 2
    assert "s3cret" not in wrong.stderr


def test_workers_need_a_store_that_is_shared() -> None:
    with pytest.raises(WrongSettings, match=r"node\.workers = 3 needs a store"):
        load_settings(None, {}, {"TEAHOUSE_NODE_WORKERS": "3"})
    with pytest.raises(WrongSettings, match=r"needs an sql\.url"):
        load_settings(None, {}, {"TEAHOUSE_STORE_KIND": "sql"})
