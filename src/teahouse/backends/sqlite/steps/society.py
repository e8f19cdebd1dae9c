"""Step 5: invitations, requests, bans, blocks, contacts, reports."""

# What a member may read was derived from the conversation's reach until now; from here on it is settled when they
# come in, so a later change of the reach does not change it. Channels and groups keep who may invite and write.
STEP = """
ALTER TABLE conversation ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN avatar TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN reach_last INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN invite TEXT NOT NULL DEFAULT 'members';
ALTER TABLE conversation ADD COLUMN post TEXT NOT NULL DEFAULT 'members';
ALTER TABLE conversation ADD COLUMN dissolved INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
UPDATE conversation SET invite = 'admins' WHERE kind IN ('channel', 'room');
UPDATE conversation SET post = 'admins' WHERE kind = 'channel';
UPDATE conversation SET revision = 1 WHERE kind <> 'direct';

ALTER TABLE member ADD COLUMN reads INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN banned INTEGER NOT NULL DEFAULT 0;
UPDATE member SET reads = 1 WHERE conversation IN (SELECT id FROM conversation WHERE reach = 'all');

CREATE TABLE link (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL,
    digest BLOB NOT NULL UNIQUE,
    made_by TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    uses INTEGER,
    used INTEGER NOT NULL DEFAULT 0,
    revoked INTEGER NOT NULL DEFAULT 0,
    CHECK (uses IS NULL OR used <= uses)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_to ON link (conversation, id);

CREATE TABLE request (
    conversation TEXT NOT NULL,
    user TEXT NOT NULL,
    nick TEXT NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (conversation, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_of ON request (user);

CREATE TABLE block (
    user TEXT NOT NULL,
    other TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (user, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX block_of ON block (other);

CREATE TABLE contact (
    user TEXT NOT NULL,
    other TEXT NOT NULL,
    alias TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (user, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_of ON contact (other);

CREATE TABLE report (
    id TEXT PRIMARY KEY,
    reporter TEXT NOT NULL,
    subject TEXT NOT NULL,
    nick TEXT NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    text TEXT NOT NULL,
    conversation TEXT NOT NULL,
    seq INTEGER NOT NULL,
    snapshot BLOB NOT NULL,
    outcome TEXT NOT NULL,
    settler TEXT NOT NULL,
    settled INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX report_about ON report (reporter, conversation, seq, subject);
CREATE INDEX report_subject ON report (subject);
CREATE INDEX report_outcome ON report (outcome, id);
"""
