"""What builds, checks and draws the project; nothing here is shipped."""
