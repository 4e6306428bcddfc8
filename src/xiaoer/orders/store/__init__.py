"""How orders are kept: written by imports, read by lists and pages."""
