"""What can be done: signing in and out, people and their roles, shops, tokens."""
