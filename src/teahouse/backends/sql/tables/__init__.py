"""The tables, one module a subject. Rule: all are imported by `everything`, which migrations and tests compare with."""
