"""Deadlines in business time: start, pause, move and ring, each exactly once."""
