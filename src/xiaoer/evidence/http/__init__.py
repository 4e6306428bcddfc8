"""The doors to evidence."""
