"""What may be asked of appeals."""
