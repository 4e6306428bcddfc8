"""What is decided about a case, without looking anything up."""
