"""How marketplaces, people and sessions are kept."""
