"""What is in force, what may be put in force, and what a decision means in words."""
