"""Step 12: what clients of MQTT left behind to come back to."""

STEP = """
CREATE TABLE stay (
    user TEXT NOT NULL,
    client TEXT NOT NULL,
    expires INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (user, client)
) STRICT, WITHOUT ROWID;
CREATE INDEX stay_age ON stay (expires);
"""
