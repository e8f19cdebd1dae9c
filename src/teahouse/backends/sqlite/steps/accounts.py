"""Step 2: accounts, logins and tokens."""

STEP = ""
