"""What is decided about conversations: who may speak, clean words, hashes, batches."""
