"""How conversations are kept: one typed function per statement."""
