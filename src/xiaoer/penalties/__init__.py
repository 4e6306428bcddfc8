"""Penalties: the points ledger of shops, its ladder of measures, the exam, and what takes a penalty back."""
