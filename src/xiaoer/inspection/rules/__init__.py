"""What inspection finds and decides, without a database."""
