"""What others may ask about disputes."""
