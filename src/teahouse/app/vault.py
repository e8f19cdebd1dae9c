"""The vault: where the server keeps its own secrets, as the settings say, and what is made there once.

Rule: with SQLite, files of the data directory; on a shared store, the store, so that all nodes have the same; with a
store in memory, memory. A part of stores.py and identity.py.
"""

import secrets
from pathlib import Path

from teahouse.app.settings import Settings
from teahouse.backends.files.vault import FileVault
from teahouse.identity.sealed import SealedVault
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.vault import Vault

SEALS, SALTS, SLOTS = "seals", "salts", "slots"
_BYTES = 32


def vault_of_directory(settings: Settings) -> Vault:
    """For a server that is one process, with a data directory; and for `teahouse worker`."""
    return sealed(settings, FileVault(Path(settings.data)))


def sealed(settings: Settings, vault: Vault) -> Vault:
    return SealedVault(vault, settings.identity.sealing_key)


async def sealing_key(settings: Settings, vault: Vault) -> bytes:
    """What is given to browsers to be brought back is sealed with this. On a single node it lives as long as the
    process; several nodes share it, for the browser may come back to another."""
    if not settings.store.shared or not settings.oidc.issuer:
        return secrets.token_bytes(_BYTES)
    return await kept(vault, SEALS)


async def kept(vault: Vault, name: str) -> bytes:
    """The bytes by chance that are kept under this name; made by whoever asks first."""
    found = await vault.get(name)
    if found is None:
        made = secrets.token_bytes(_BYTES)
        if await vault.put(name, made, 0):
            return made
        found = await vault.get(name)
    if found is None:
        raise StoreUnavailable(f"the key of {name} is not found where another node put it")
    return found.value
