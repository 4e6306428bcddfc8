"""What others may ask about grants."""
