"""Backends make the ports real. `memory` is the reference for all others; `sqlite` is the default store."""
