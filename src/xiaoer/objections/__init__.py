"""Objections of agents to words the guard held back, and the phrases that shall pass from now on."""
