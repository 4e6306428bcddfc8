"""What others may ask about conversations: summaries, entries, standing."""
