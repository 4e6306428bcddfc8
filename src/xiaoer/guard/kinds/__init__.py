"""One file for each kind of finding: hits in, drafts of findings out; all of it pure."""
