"""A second look at a ruling, a penalty, a block or a refused complaint, by somebody else."""
