"""The doors of the rulebook on the wire."""
