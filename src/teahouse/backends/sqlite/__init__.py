"""The default store: one SQLite file, one writer thread that commits in groups, a few reader threads.

`store.py` is the door; `writer.py` and `log.py` are the heart.
"""
