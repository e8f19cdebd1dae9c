"""What the desk stands on, in one parcel. Filled by app/desk.py."""

from dataclasses import dataclass

from teahouse.ports.clock import Clock
from teahouse.ports.desk import Library, Staff, Tickets, Visitors
from teahouse.ports.directory import Directory, Users
from teahouse.ports.limits import Limits
from teahouse.ports.log import MessageLog
from teahouse.ports.presence import PresenceBook


@dataclass(frozen=True)
class DeskPorts:
    tickets: Tickets
    staff: Staff
    visitors: Visitors
    library: Library
    log: MessageLog
    users: Users
    directory: Directory
    presence: PresenceBook
    limits: Limits
    clock: Clock
