"""The command line: serve, migrate, draw and inspect, on files and pipes, without a server where none is needed."""
