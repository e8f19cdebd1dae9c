"""The revisions of the schema. Rule: one that was ever released never changes; what changes is the next one."""
