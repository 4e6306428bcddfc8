"""The doors of complaints."""
