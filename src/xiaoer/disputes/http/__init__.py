"""The doors to disputes, by who comes through them."""
