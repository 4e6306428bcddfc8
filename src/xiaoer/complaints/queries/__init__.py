"""What can be asked about complaints."""
