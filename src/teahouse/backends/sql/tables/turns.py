"""Rows that are only locked (turns.py)."""

from sqlalchemy import Column, Table

from teahouse.backends.sql.tables.columns import METADATA, SMALL

turn = Table("turn", METADATA, Column("stripe", SMALL, primary_key=True, autoincrement=False))
