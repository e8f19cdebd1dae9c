"""Step 10: outgoing webhooks, and how far each was told of each conversation.

All outlets are read at the start and kept in memory, so their settings need no columns. Lanes go with their outlet.
"""

STEP = """
CREATE TABLE outlet (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL,
    settings TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE lane (
    outlet TEXT NOT NULL,
    conversation TEXT NOT NULL,
    since INTEGER NOT NULL,
    first INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    due INTEGER NOT NULL,
    PRIMARY KEY (outlet, conversation)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER lane_goes AFTER DELETE ON outlet BEGIN
    DELETE FROM lane WHERE outlet = OLD.id;
END;
"""
