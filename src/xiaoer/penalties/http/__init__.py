"""The doors of penalties."""
