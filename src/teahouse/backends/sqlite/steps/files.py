"""Step 4: files and where they were posted."""

STEP = ""
