"""Changes of orders asked of the side that owns them, each once and each by a table."""
