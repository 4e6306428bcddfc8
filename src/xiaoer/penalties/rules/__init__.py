"""What penalties decide."""
