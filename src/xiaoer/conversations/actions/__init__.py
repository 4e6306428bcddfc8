"""What can be done in a conversation: speak, open, mark as seen, recall."""
