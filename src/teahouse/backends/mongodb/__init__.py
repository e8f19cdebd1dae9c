"""The message history in MongoDB, while everything else stays in another store."""
