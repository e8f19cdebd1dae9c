"""The web client: its built files, read once and answered from memory, with headers that hold it to its own origin."""
