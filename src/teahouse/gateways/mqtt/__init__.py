"""MQTT 3.1.1 and 5.0, over TCP, TLS and WebSocket: a door to the same conversations.

listener.py, socket.py      where connections come in
link.py                     one connection: which packet is for whom
entering.py                 CONNECT: who it is, and what they left behind
subscribing.py, plans.py    filters, and what follows from them for a topic
incoming.py                 what is published becomes a command
sharing.py, outbox.py       what the engine says becomes packets
stays.py, wills.py          what outlasts a connection
"""
