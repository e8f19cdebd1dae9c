"""Step 5: invitations, requests, bans, blocks, contacts, reports."""

STEP = ""
