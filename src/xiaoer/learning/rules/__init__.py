"""Which dialogues are unsatisfied, what may be done with one, what an exam comes to."""
