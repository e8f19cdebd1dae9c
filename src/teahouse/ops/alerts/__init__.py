"""Alerts: somebody is told when it does not go well. rules.py says what that is, board.py when it is said, receivers.py
how, and watch.py goes on with it as long as the server runs.
"""
