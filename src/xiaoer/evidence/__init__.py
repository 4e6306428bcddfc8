"""What can be proved: sealed stretches of talk, daily roots, packs for a stranger, other evidence."""
