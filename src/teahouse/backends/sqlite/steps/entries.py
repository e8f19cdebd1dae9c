"""Step 1: the log, conversations, members, marks and guests."""

# A conversation's name is long and random; entries and their indexes carry a small number in its
# place (`log.id`), which makes the file a quarter smaller and appends half as fast again. The rowid of an
# entry is the order of commits. Booleans of `mark` are NULL until somebody chooses.
STEP = """
CREATE TABLE log (
    id INTEGER PRIMARY KEY,
    conversation TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    log INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    sender TEXT NOT NULL,
    nick TEXT NOT NULL,
    at INTEGER NOT NULL,
    content BLOB NOT NULL,
    cid TEXT,
    ref INTEGER,
    redacted INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX entry_seq ON entry (log, seq);
CREATE UNIQUE INDEX entry_cid ON entry (log, sender, cid) WHERE cid IS NOT NULL;
CREATE INDEX entry_ref ON entry (log, ref) WHERE ref IS NOT NULL;
CREATE INDEX entry_key_age ON entry (at) WHERE cid IS NOT NULL;

CREATE TABLE mention (
    log INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    user TEXT NOT NULL,
    PRIMARY KEY (log, seq, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_of ON mention (log, user, seq);

CREATE TABLE user (
    id TEXT PRIMARY KEY,
    nick TEXT NOT NULL,
    folded TEXT NOT NULL,
    guest INTEGER NOT NULL,
    created INTEGER NOT NULL,
    resume BLOB
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX user_account ON user (folded) WHERE NOT guest;
CREATE UNIQUE INDEX user_resume ON user (resume) WHERE resume IS NOT NULL;

CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    topic TEXT NOT NULL,
    join_rule TEXT NOT NULL,
    reach TEXT NOT NULL,
    member_limit INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_topic ON conversation (id, topic) WHERE topic <> '';

CREATE TABLE member (
    conversation TEXT NOT NULL,
    user TEXT NOT NULL,
    nick TEXT NOT NULL,
    role TEXT NOT NULL,
    joined INTEGER NOT NULL,
    "left" INTEGER NOT NULL,
    muted_until INTEGER NOT NULL,
    PRIMARY KEY (conversation, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_of ON member (user, conversation) WHERE "left" = 0;

CREATE TABLE mark (
    user TEXT NOT NULL,
    conversation TEXT NOT NULL,
    delivered INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 0,
    cleared INTEGER NOT NULL DEFAULT 0,
    pinned INTEGER,
    archived INTEGER,
    muted_until INTEGER,
    PRIMARY KEY (user, conversation)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_in ON mark (conversation);
"""
