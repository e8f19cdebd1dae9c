"""Step 8: who an account is at a provider of OpenID Connect."""

STEP = """
CREATE TABLE subject (
    issuer TEXT NOT NULL,
    name TEXT NOT NULL,
    user TEXT NOT NULL,
    PRIMARY KEY (issuer, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX subject_of ON subject (user);
"""
