"""Threads between buyers and shops: entries, consultations, read marks, desk tools and the committer."""
