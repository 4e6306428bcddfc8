"""Which talks are drawn, what a sheet comes to, how far graders agree, and who may do what."""
