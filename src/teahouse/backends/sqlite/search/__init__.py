"""Search in SQLite: an FTS5 index that follows the log. `finder.py` is the door."""
