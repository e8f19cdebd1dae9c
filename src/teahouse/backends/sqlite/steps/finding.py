"""Step 3: the search index."""

# One row a message, under the id of its entry. `facts` are what can be asked besides words: the conversation, the
# sender ... (search/document.py). Words come normalized and with spaces between them, so the plainest tokenizer will
# do. It keeps what it indexed, to be able to erase it: `secure-delete` takes words out of the index at once, where
# FTS5 would only note that they are gone.
INDEX = """
CREATE VIRTUAL TABLE finding USING fts5 (facts, words, tokenize = 'ascii', columnsize = 0);
INSERT INTO finding (finding, rank) VALUES ('secure-delete', 1);
"""

# `hour`: in which hour (of UTC) which entries were indexed; it turns times into entry ids, which nearly follow them.
STEP = f"""
{INDEX}
CREATE TABLE hour (
    hour INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE follower (
    name TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

"""
