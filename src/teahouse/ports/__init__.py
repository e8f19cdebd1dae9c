"""What the core asks of the world. Each port is a small Protocol whose docstring is a list of numbered promises;
the contract tests in tests/contract carry the same numbers, and run over every backend."""
