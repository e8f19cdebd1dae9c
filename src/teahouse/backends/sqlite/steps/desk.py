"""Step 13: the customer-service desk.

What has a revision is whole in `body`; the columns beside it are what is asked for (backends/desk.py). `open` is the
conversation of an open ticket, which may have one.
"""

STEP = """
CREATE TABLE desk_team (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE desk_agent (
    user TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE desk_visitor (
    id TEXT PRIMARY KEY,
    team TEXT NOT NULL,
    external TEXT,
    conversation TEXT,
    revision INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (team, external)
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_visitor_in ON desk_visitor (conversation);
CREATE TABLE desk_ticket (
    id TEXT PRIMARY KEY,
    team TEXT NOT NULL,
    conversation TEXT NOT NULL,
    visitor TEXT NOT NULL,
    state TEXT NOT NULL,
    agent TEXT NOT NULL,
    priority INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    queued INTEGER NOT NULL,
    due INTEGER NOT NULL,
    open TEXT UNIQUE,
    replied INTEGER NOT NULL,
    resolved INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    rating INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_ticket_due ON desk_ticket (due);
CREATE INDEX desk_ticket_team ON desk_ticket (team, state, id);
CREATE INDEX desk_ticket_agent ON desk_ticket (agent, state, id);
CREATE INDEX desk_ticket_state ON desk_ticket (state, id);
CREATE INDEX desk_ticket_visitor ON desk_ticket (visitor, id);
CREATE INDEX desk_ticket_in ON desk_ticket (conversation, id);
CREATE INDEX desk_ticket_opened ON desk_ticket (opened);
CREATE TABLE desk_label (
    ticket TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (ticket, label)
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_label_of ON desk_label (label, ticket);
CREATE TABLE desk_event (
    ticket TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    by TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (ticket, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE desk_article (
    id TEXT PRIMARY KEY,
    team TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    source TEXT NOT NULL,
    changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_article_of ON desk_article (team, id);
CREATE TABLE desk_example (
    id TEXT PRIMARY KEY,
    team TEXT NOT NULL,
    intent TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    origin TEXT NOT NULL,
    ticket TEXT NOT NULL,
    seq INTEGER NOT NULL,
    changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_example_of ON desk_example (team, id);
CREATE TABLE desk_canned (
    id TEXT PRIMARY KEY,
    team TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    owner TEXT NOT NULL,
    language TEXT NOT NULL,
    changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_canned_of ON desk_canned (team, id);
"""
