"""What is done with grants; every change writes its line and tells its people."""
