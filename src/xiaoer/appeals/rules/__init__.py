"""What appeals decide."""
