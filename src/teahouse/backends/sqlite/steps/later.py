"""Step 6: what happens to messages later: jobs, schedules, expiry, threads, what one hides and wishes."""

# A job whose lease runs is due when it ends, so `due` is all that is looked for. `dead` is when it was given up, or 0.
STEP = """
CREATE TABLE job (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    due INTEGER NOT NULL,
    data BLOB NOT NULL,
    urgent INTEGER NOT NULL,
    conversation TEXT NOT NULL,
    seq INTEGER NOT NULL,
    attempt INTEGER NOT NULL DEFAULT 0,
    cause TEXT NOT NULL DEFAULT '',
    dead INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX job_due ON job (urgent, due) WHERE dead = 0;
CREATE INDEX job_dead ON job (dead, id) WHERE dead > 0;

CREATE TABLE schedule (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL,
    conversation TEXT NOT NULL,
    at INTEGER NOT NULL,
    send BLOB NOT NULL,
    failed TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX schedule_of ON schedule (user, at);

CREATE TABLE reply (
    log INTEGER NOT NULL,
    root INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (log, root, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_pin ON entry (log, ref, seq) WHERE kind = 4;

CREATE TABLE hidden (
    user TEXT NOT NULL,
    conversation TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (user, conversation, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE preference (
    user TEXT PRIMARY KEY,
    receipts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE mark ADD COLUMN delivered_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mark ADD COLUMN read_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN expires_s INTEGER NOT NULL DEFAULT 0;
"""
