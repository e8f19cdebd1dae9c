"""REST: the application behind the HTTP listener."""
