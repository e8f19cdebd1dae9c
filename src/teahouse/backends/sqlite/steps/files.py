"""Step 4: files and where they were posted."""

# `state`: 0 uploading, 1 ready, 2 gone. A posting is an entry that carries a file.
STEP = """
CREATE TABLE file (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    created INTEGER NOT NULL,
    mime TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    state INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX file_of ON file (owner, id, state, size) WHERE state < 2;
CREATE INDEX file_gone ON file (id) WHERE state = 2;
CREATE INDEX file_expires ON file (expires) WHERE state = 0;

CREATE TABLE posting (
    log INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    file TEXT NOT NULL,
    PRIMARY KEY (log, seq, file)
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_of ON posting (file);
"""
