"""How inspections are kept."""
