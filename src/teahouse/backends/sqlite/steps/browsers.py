"""What the web client asks for: which conversations a picture is the avatar of, and when a job was put."""

# The first is asked when a message that carried the picture is recalled: the picture of a conversation stays.
STEP = """
CREATE INDEX conversation_avatar ON conversation (avatar) WHERE avatar <> '';
ALTER TABLE job ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
"""
