"""Step 9: devices that can be woken up, and what their users wish of notifications.

A device belongs to its login, and the trigger takes it away with that, by whatever road a login ends.
"""

STEP = """
CREATE TABLE push_device (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    login TEXT NOT NULL,
    p256dh BLOB NOT NULL,
    secret BLOB NOT NULL,
    topic TEXT NOT NULL,
    sandbox INTEGER NOT NULL,
    name TEXT NOT NULL,
    created INTEGER NOT NULL,
    UNIQUE (kind, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX push_device_of ON push_device (user, id);
CREATE INDEX push_device_by_login ON push_device (login);
CREATE TRIGGER push_device_goes AFTER DELETE ON login BEGIN
    DELETE FROM push_device WHERE login = OLD.id;
END;
CREATE TABLE notification (
    user TEXT PRIMARY KEY,
    preview INTEGER NOT NULL,
    quiet TEXT
) STRICT, WITHOUT ROWID;
"""
