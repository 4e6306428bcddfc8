"""The doors: oneself, the marketplace's administration, a shop's team."""
