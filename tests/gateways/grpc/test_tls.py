"""The listener with TLS."""

from pathlib import Path
from typing import Any

import grpc
import pytest

from teahouse.v1 import accounts_pb2 as accounts
from teahouse.v1 import accounts_pb2_grpc
from tests.gateways.grpc.place import running
from tests.support.certificates import HOST, certify

pytestmark = pytest.mark.service

REQUEST = accounts.AuthRegisterRequest(user="alice", password="correct horse")


async def register(channel: Any) -> accounts.Tokens:
    async with channel:
        return (await accounts_pb2_grpc.AuthStub(channel).Register(REQUEST, timeout=5)).tokens


@pytest.mark.parametrize("apart", [True, False], ids=["two files", "one file"])
async def test_who_asks_for_tls_gets_it_and_nobody_comes_in_without(tmp_path: Path, apart: bool) -> None:
    certificate, key = tmp_path / "tea.crt", tmp_path / "tea.key"
    certify(certificate, key)
    trusted = grpc.ssl_channel_credentials(certificate.read_bytes())
    if not apart:
        certificate.write_text(certificate.read_text() + key.read_text())
    async with running(tmp_path, certificate=str(certificate), key=str(key) if apart else "") as place:
        assert place.house.urls["grpc"].startswith("grpcs://")
        where = f"{HOST}:{place.target.rpartition(':')[2]}"
        for channel in (
            grpc.aio.insecure_channel(where),
            grpc.aio.secure_channel(where, grpc.ssl_channel_credentials()),
        ):
            with pytest.raises(grpc.aio.AioRpcError) as error:
                await register(channel)
            assert error.value.code() is grpc.StatusCode.UNAVAILABLE
        assert (await register(grpc.aio.secure_channel(where, trusted))).user.user == "alice"


async def test_a_file_that_is_not_there_and_one_that_is_none(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere.pem")
    with pytest.raises(Exception, match=f"the TLS file {nowhere} does not exist"):
        async with running(tmp_path, certificate=nowhere):
            pass
    none = tmp_path / "none.pem"
    none.write_text("tea")
    with pytest.raises(Exception, match=f"the TLS certificate {none} cannot be used"):
        async with running(tmp_path / "second", certificate=str(none)):
            pass
