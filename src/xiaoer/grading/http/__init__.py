"""The doors of graders, of the agent who appeals, and of whoever decides."""
