"""Who asks for TLS never speaks without it, nor with a server whose certificate is another's or nobody vouches for."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.options import SqlOptions
from teahouse.model.errors import StoreUnavailable
from tests.support import mariadb
from tests.support.certificates import HOST, certify
from tests.support.postgres import Postgres

pytestmark = pytest.mark.service

ENCRYPTED = {
    "mysql": "SELECT variable_value <> '' FROM information_schema.session_status WHERE variable_name = 'Ssl_cipher'",
    "postgresql": "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
}


async def test_a_server_without_tls_is_not_spoken_to(url: str) -> None:
    database = Database(SqlOptions(url=f"{url}?tls=on"))
    with pytest.raises(StoreUnavailable):
        await database.fetch(text("SELECT 1"))
    await database.close()


@pytest.fixture(scope="module", params=["postgresql", "mariadb"])
def secured(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """An address with TLS, and the certificate it shows."""
    place = tmp_path_factory.mktemp("secured")
    certificate, key = place / "server.crt", place / "server.key"
    certify(certificate, key)
    if request.param == "mariadb":
        with mariadb.running(
            place, "--skip-log-bin", f"--ssl-cert={certificate}", f"--ssl-key={key}"
        ) as server:
            server.create("teahouse")
            yield server.address() + "?tls=on", certificate
        return
    postgres = Postgres(place, "ssl=on")
    for file in (certificate, key):  # where it looks by itself; it takes no key that others can read
        copy = Path(shutil.copy(file, postgres.data))
        copy.chmod(0o600)
        shutil.chown(copy, postgres.data.stat().st_uid, postgres.data.stat().st_gid)
    postgres.start()
    try:
        postgres.create("teahouse")
        yield postgres.address() + "?tls=on", certificate
    finally:
        postgres.kill()


async def reason(url: str) -> str:
    """Why it cannot be spoken to; nothing, if it can, and then it is encrypted."""
    database = Database(SqlOptions(url=url))
    try:
        [[encrypted]] = await database.fetch(text(ENCRYPTED[database.dialect]))
    except StoreUnavailable as error:
        return str(error)
    finally:
        await database.close()
    assert encrypted
    return ""


async def test_a_certificate_that_is_trusted_and_of_that_host(
    secured: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, certificate = secured
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert await reason(url.replace("127.0.0.1", HOST)) == ""


async def test_a_certificate_of_another_host(
    secured: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, certificate = secured
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert "IP address mismatch, certificate is not valid for '127.0.0.1'" in await reason(url)


async def test_a_certificate_that_nobody_vouches_for(
    secured: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, _ = secured
    certify(tmp_path / "other.crt", tmp_path / "other.key")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "other.crt"))
    assert "certificate verify failed" in await reason(url.replace("127.0.0.1", HOST))
