"""Bytes to commands and events to bytes, one module a protocol. Sans-I/O: no sockets, no clock, no waiting."""
