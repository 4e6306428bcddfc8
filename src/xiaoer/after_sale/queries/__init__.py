"""What others may ask about cases."""
