"""The road of a message, one verb a file. Knows no protocol, no socket and no database.

`pipeline.py` is the first file to read; `engine.py` is the door gateways use.
"""
