"""How complaints are kept."""
