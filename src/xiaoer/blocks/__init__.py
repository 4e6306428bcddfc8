"""Blocks: who may not do what, on which proved ground, heard, approved by another, and made good when wrong."""
