"""Told: what users were told of last, and the job that tells one device. Shared by push.py and notify.py."""

from collections import OrderedDict
from urllib.parse import urlsplit

import msgspec

from teahouse.model.push import PushDevice, PushKind

NOTIFY = "notify"
MOST = 200_000


class Told(msgspec.Struct, gc=False, omit_defaults=True):
    """Whom to tell, on which device, by which service (service_of). The message is the job's own. `read`: it was read,
    and its notification may go."""

    user: str
    device: str
    read: bool = False
    service: str = ""


def service_of(device: PushDevice) -> str:
    """The service a device is reached by, as far as one of them can be away and another not."""
    return urlsplit(device.address).netloc if device.kind is PushKind.WEBPUSH else device.kind


class Newest:
    """The newest message of each conversation that each user was told of. In memory, the least recent forgotten:
    then, as after a restart, somebody may be told twice, and the second notification replaces the first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._seqs: OrderedDict[tuple[str, str], int] = OrderedDict()

    def of(self, user: str, conversation: str) -> int:
        return self._seqs.get((user, conversation), 0)

    def forget(self, user: str, conversation: str) -> None:
        self._seqs.pop((user, conversation), None)

    def note(self, user: str, conversation: str, seq: int) -> None:
        key = (user, conversation)
        self._seqs[key] = max(seq, self._seqs.get(key, 0))
        self._seqs.move_to_end(key)
        if len(self._seqs) > self._most:
            self._seqs.popitem(last=False)
