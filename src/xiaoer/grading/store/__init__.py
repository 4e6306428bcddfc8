"""How draws, samples, grades and appeals are kept."""
