"""The things of a conversation: entries, threads, and their shapes on the wire."""
