"""One file a revision, in order. `python -m tools.sql_revision NAME` writes the next one from the tables."""
