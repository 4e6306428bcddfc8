"""The doors of cases."""
