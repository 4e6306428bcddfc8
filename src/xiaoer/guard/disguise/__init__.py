"""One file for each way of hiding words: what is written in, what is meant out; all of it pure."""
