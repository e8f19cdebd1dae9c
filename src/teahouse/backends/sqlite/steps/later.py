"""Step 6: what happens to messages later: schedules, expiry, what one hides."""

STEP = ""
