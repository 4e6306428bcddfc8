"""What can be done with orders: import them."""
