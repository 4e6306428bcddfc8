"""Pure tools every domain leans on: state machines, decision tables, money, business time, masking."""
