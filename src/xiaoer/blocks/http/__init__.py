"""The doors of blocks: who is blocked, shops, people of the marketplace, everybody."""
