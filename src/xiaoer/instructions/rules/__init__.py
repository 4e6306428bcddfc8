"""Which request is allowed, and what becomes of an order when it is granted."""
