"""What is done with blocks; one writer of their state."""
