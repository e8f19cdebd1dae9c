"""Sealed: a vault whose secrets only those can read who have the sealing key.

Rule: whoever reads the database, a copy or a backup of it, cannot sign tokens. What was put before there was a
sealing key is read as it is, and sealed when it is put the next time; what was sealed is never taken for something
else. Made by app/vault.py, around the vault the settings choose.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken

from teahouse.ports.vault import Secret, Vault

_MARK = b"teahouse-sealed-1:"


class CannotUnseal(Exception):
    """A secret cannot be read with the sealing key there is: the reason, for a person to act on."""


class SealedVault:
    """Vault (ports/vault.py). `key` is text of 32 bytes or more; empty: nothing is sealed, and nothing sealed read."""

    def __init__(self, vault: Vault, key: str) -> None:
        self._vault = vault
        self._fernet = Fernet(urlsafe_b64encode(sha256(key.encode()).digest())) if key else None

    async def get(self, name: str) -> Secret | None:
        found = await self._vault.get(name)
        if found is None or not found.value.startswith(_MARK):
            return found
        if self._fernet is None:
            raise CannotUnseal(
                f"{found.place} is sealed: set identity.sealing_key to what it was sealed with"
            )
        try:
            value = self._fernet.decrypt(found.value.removeprefix(_MARK))
        except InvalidToken as error:
            raise CannotUnseal(
                f"identity.sealing_key does not open {found.place}: it is not what that was sealed with"
            ) from error
        return Secret(value, found.version, found.place)

    async def put(self, name: str, value: bytes, seen: int) -> bool:
        sealed = value if self._fernet is None else _MARK + self._fernet.encrypt(value)
        return await self._vault.put(name, sealed, seen)
