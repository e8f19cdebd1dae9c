"""The newest entries of busy conversations in memory, in front of a log in which only this process writes."""
