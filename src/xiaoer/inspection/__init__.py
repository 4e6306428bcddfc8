"""Inspection of every conversation: six steps, clocks, answers, promises, tone, and one explained score."""
