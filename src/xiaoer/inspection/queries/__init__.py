"""What others may ask of inspection."""
