"""Step 7: bots, incoming webhooks, commands, the audit log."""

STEP = """
CREATE TABLE bot (
    id TEXT PRIMARY KEY,
    nick TEXT NOT NULL,
    owner TEXT NOT NULL,
    scopes TEXT NOT NULL,
    secret BLOB NOT NULL UNIQUE,
    created INTEGER NOT NULL,
    turned INTEGER NOT NULL,
    description TEXT NOT NULL,
    commands TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bot_owner ON bot (owner);
CREATE INDEX bot_commanded ON bot (created, id) WHERE commands <> '[]';

CREATE TABLE hook (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL,
    nick TEXT NOT NULL,
    creator TEXT NOT NULL,
    secret BLOB NOT NULL UNIQUE,
    created INTEGER NOT NULL,
    style TEXT NOT NULL,
    avatar TEXT NOT NULL,
    template TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX hook_in ON hook (conversation, id);

CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    address TEXT NOT NULL,
    details TEXT NOT NULL
) STRICT;
CREATE INDEX audit_actor ON audit (actor, number);
CREATE INDEX audit_action ON audit (action, number);
CREATE INDEX audit_target ON audit (target, number);

CREATE TABLE delivery (
    conversation TEXT NOT NULL,
    user TEXT NOT NULL,
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (conversation, user, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_of ON delivery (user);
CREATE INDEX delivery_age ON delivery (at);
"""
