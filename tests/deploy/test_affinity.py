"""Which of several nodes answers, by nginx's own log: who has been somewhere comes back there, who has not comes
anywhere, and a node that was killed is stood in for at once."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.support import postgres, redis
from tests.support.cluster import Node, nodes
from tests.support.nginx import Nginx, proxying

pytestmark = [pytest.mark.service, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def variables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A database and a broker for all nodes."""
    places = tmp_path_factory.mktemp("postgres"), tmp_path_factory.mktemp("redis")
    with postgres.running(places[0]) as database, redis.running(places[1]) as broker:
        database.create("teahouse")
        yield {
            "TEAHOUSE_STORE_KIND": "sql",
            "TEAHOUSE_SQL_URL": database.address(),
            "TEAHOUSE_BROKER_KIND": "redis",
            "TEAHOUSE_REDIS_URL": broker.url,
            "TEAHOUSE_HTTP_TRUSTED_PROXIES": "127.0.0.1",
            "TEAHOUSE_TCP_TRUSTED_PROXIES": "127.0.0.1",
        }


@pytest.fixture(scope="module")
def house(variables: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Node]]:
    with nodes(tmp_path_factory.mktemp("house"), ("a", "b"), variables) as house:
        yield house


@contextmanager
def site(house: dict[str, Node], place: Path, affinity: str) -> Iterator[Nginx]:
    with proxying(place / "nginx", [node.upstream for node in house.values()], affinity) as nginx:
        yield nginx


def answered(nginx: Nginx, times: int, **client: str) -> Counter[str]:
    """The nodes that answered so many requests of one browser."""
    before = len(_lines(nginx))
    with httpx2.Client(base_url=nginx.https, verify=nginx.trust, trust_env=False, cookies=client) as web:
        for _ in range(times):
            assert web.get("/api/v1/auth/oidc/providers").status_code < 500
    return Counter(line.rsplit(" ", 1)[1].strip('"') for line in _lines(nginx)[before:])


def _lines(nginx: Nginx) -> list[str]:
    return (nginx.folder / "teahouse.log").read_text().splitlines()


def killed(node: Node) -> None:
    node.end()


def back(node: Node) -> None:
    node.start()
    node.ready()


def test_a_cookie_leads_to_its_node_and_none_to_any(house: dict[str, Node], tmp_path: Path) -> None:
    with site(house, tmp_path, "cookie") as nginx:
        assert answered(nginx, 10, teahouse_node="a").keys() == {"a"}
        assert answered(nginx, 10, teahouse_node="b").keys() == {"b"}
        browsers = [answered(nginx, 3) for _ in range(12)]
        assert all(len(browser) == 1 for browser in browsers), "the first answer decides"
        assert {name for browser in browsers for name in browser} == {"a", "b"}
        killed(house["a"])
        assert answered(nginx, 10, teahouse_node="a").keys() == {"b"}
        back(house["a"])


def test_an_address_comes_back(house: dict[str, Node], tmp_path: Path) -> None:
    with site(house, tmp_path, "ip-hash") as nginx:
        ((name, _),) = answered(nginx, 10).items()
        other = "b" if name == "a" else "a"
        killed(house[name])
        assert answered(nginx, 10).keys() == {other}
        back(house[name])


def test_without_affinity_all_answer_for_one_login(house: dict[str, Node], tmp_path: Path) -> None:
    """A login made on one node holds on the other, and while one of them is gone."""
    with (
        site(house, tmp_path, "none") as nginx,
        httpx2.Client(base_url=nginx.https, verify=nginx.trust, trust_env=False) as web,
    ):
        assert answered(nginx, 20).keys() == {"a", "b"}
        made = web.post("/api/v1/auth/register", json={"user": "ada", "password": "correct horse"})
        assert made.status_code == 201, made.text
        bearer = {"authorization": f"Bearer {made.json()['access_token']}"}
        for _ in range(10):
            assert web.get("/api/v1/users/me", headers=bearer).is_success
        killed(house["b"])
        for _ in range(10):
            assert web.get("/api/v1/users/me", headers=bearer).is_success
        back(house["b"])
