"""Step 7: bots, incoming webhooks, commands, the audit log."""

STEP = ""
