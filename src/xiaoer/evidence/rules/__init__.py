"""Sealing, proving and weighing evidence, without a database."""
