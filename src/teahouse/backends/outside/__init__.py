"""The web outside, by HTTP, without being led inside."""
