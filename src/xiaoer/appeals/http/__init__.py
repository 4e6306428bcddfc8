"""The doors of appeals."""
