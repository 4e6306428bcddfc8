"""Asking the order side, and what its answer does."""
