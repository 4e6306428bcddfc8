"""The command line: serve, migrate, draw, inspect; on files and pipes, without a server where it can."""
