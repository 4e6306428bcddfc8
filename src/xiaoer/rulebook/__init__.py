"""Which version of which rule, list and parameter is in force, for whom, from when."""
