"""The doors of the buyer who rates, the agent who learns and the manager who leads."""
