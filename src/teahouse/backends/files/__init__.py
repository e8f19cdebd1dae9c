"""Bytes of files: on the local disk, in an object store, in memory; and what looks into them."""
