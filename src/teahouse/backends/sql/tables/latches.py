"""Rows that are only locked (latches.py)."""

from sqlalchemy import Column, Table

from teahouse.backends.sql.tables.columns import METADATA, SMALL

latch = Table("latch", METADATA, Column("stripe", SMALL, primary_key=True, autoincrement=False))
