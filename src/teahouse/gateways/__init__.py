"""Gateways: sockets and one protocol each. They turn bytes into commands for the engine, and write what it says."""
