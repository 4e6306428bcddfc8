"""Grading by people: samples, blind grades, agreement, and an agent's appeal against a score."""
