"""How foreign files become rows: encodings, records, fields, amounts, states."""
