"""What is decided about blocks, without the database."""
