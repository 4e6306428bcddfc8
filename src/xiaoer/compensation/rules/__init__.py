"""What is decided about grants, without the database."""
