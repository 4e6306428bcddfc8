"""Marketplaces, shops, people, roles, sessions and tokens: who is calling and what that person may do."""
