"""What can be done: rate, learn from a dialogue, share a lesson, sit an exam."""
