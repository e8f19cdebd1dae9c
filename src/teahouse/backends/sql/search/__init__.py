"""Finding messages again in SQL: an index of terms, its indexer, and the finder."""
