"""Measures: who may not do what, until when, and why; whoever acts is held to them at the door."""
