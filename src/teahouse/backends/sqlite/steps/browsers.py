"""Step 9: which conversations a picture is the avatar of."""

# Asked when a message that carried the picture is recalled: the picture of a conversation stays.
STEP = """
CREATE INDEX conversation_avatar ON conversation (avatar) WHERE avatar <> '';
"""
