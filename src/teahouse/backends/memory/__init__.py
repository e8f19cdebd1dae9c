"""The reference: every port in plain dictionaries, clear over fast. Nothing survives the process.

Used by tests, by the contract suite as the measure of the other backends, and by a single node for what need
not survive it: presence and hints.
"""
