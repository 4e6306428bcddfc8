"""What people and clocks do with complaints."""
