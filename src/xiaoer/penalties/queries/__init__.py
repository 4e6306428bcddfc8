"""What others may ask of penalties."""
