"""Teahouse for Python programs: one class, `Client`, over TCP lines or WebSocket.

    async with Client("tcp://127.0.0.1:9000", Hello(nick="alice")) as client:
        await client.send("lobby", "hi")
        async for event in client.events():
            print(event)

Rule: nothing of the server is imported but the vocabulary (teahouse.model), so that the client can be taken out as a
package of its own.
"""

from teahouse.client.client import Client
from teahouse.client.connection import Dismissed
from teahouse.client.messages import Event, LogEvent, Page
from teahouse.model.commands import Hello
from teahouse.model.errors import Problem

__all__ = ["Client", "Dismissed", "Event", "Hello", "LogEvent", "Page", "Problem"]
