"""Caches in front of a slow store: ports that read it once for all who ask, and keep what they read for a while."""
