"""What is decided about disputes."""
