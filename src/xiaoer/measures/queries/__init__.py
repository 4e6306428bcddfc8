"""What others may ask of measures."""
