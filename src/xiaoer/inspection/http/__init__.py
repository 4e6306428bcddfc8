"""The doors of inspection."""
