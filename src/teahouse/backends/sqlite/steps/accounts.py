"""Step 2: accounts, logins and vouchers."""

# The nick of an account stands in `user`, whose unique index user_account keeps it from another. A login that ended
# is gone. `secret` is the digest of the refresh token that holds, `previous` of the one before, `nonce` what led
# from that to this at `rotated`.
STEP = """
CREATE TABLE account (
    user TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    password TEXT,
    admin INTEGER NOT NULL,
    disabled INTEGER NOT NULL,
    created INTEGER NOT NULL,
    bio TEXT NOT NULL,
    avatar TEXT NOT NULL,
    locale TEXT NOT NULL,
    erasing INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX account_admin ON account (user) WHERE admin;
CREATE INDEX account_erasing ON account (user) WHERE erasing;

CREATE INDEX member_was ON member (user, conversation) WHERE "left" <> 0;

CREATE TABLE login (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL,
    device TEXT NOT NULL,
    address TEXT NOT NULL,
    created INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    family BLOB NOT NULL UNIQUE,
    secret BLOB NOT NULL,
    previous BLOB,
    nonce BLOB,
    rotated INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX login_of ON login (user, id);
CREATE INDEX login_age ON login (expires);

CREATE TABLE voucher (
    digest BLOB PRIMARY KEY,
    purpose TEXT NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""
