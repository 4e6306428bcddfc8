"""What complaints are decided by, without a database."""
