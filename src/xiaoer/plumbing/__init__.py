"""The house's pipes and wires: database, events, files, settings; no opinion about disputes."""
