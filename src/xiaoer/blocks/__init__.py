"""Blocks: who is shut out, on which proved ground, heard, approved by another, made good when wrong."""
