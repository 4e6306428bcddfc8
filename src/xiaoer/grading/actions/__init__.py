"""What can be done: draw, open, grade, appeal, decide."""
