"""How appeals are kept."""
