"""What is decided about time: when an answer is due, and how well a desk answered."""
