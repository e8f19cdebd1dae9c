"""Step 3: the search index."""

STEP = ""
