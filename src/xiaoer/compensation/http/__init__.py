"""The doors of grants: receivers, shops, people of the marketplace."""
