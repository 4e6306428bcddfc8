"""What can be done with penalties."""
