"""What may be asked of samples, of appeals, and of the agreement of graders."""
