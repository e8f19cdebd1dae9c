"""XMPP (RFC 6120, 6121, 7395 and extensions), sans-I/O: bytes to elements, and what happened to stanzas."""
