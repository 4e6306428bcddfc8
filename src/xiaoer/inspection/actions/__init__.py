"""What inspection does."""
