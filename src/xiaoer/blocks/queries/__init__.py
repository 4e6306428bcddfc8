"""What others may ask about blocks."""
