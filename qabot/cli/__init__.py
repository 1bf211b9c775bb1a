"""The command line: one file a command; ``main`` translates errors into messages and exit codes, once."""
