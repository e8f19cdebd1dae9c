"""The measurements that prove what Teahouse promises. `python -m bench --help` lists them.

Rule: every promise is a ratio to a reference measured in the same run on the same machine, or an absolute number of
the promise itself. Servers and load generators run as processes of their own.
"""
