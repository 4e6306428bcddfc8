"""What measures decide."""
