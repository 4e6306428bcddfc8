"""Whose money lies where, and what is paid out: double entry whose every posting sums to zero."""
