"""Settings, composition and the command line: the only room where concrete things meet."""
