"""The marketplace judges: periods, burden of proof, hearing, ruling, execution, and taking it back."""
