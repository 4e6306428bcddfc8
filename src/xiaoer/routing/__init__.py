"""Which desk and which agent a consultation goes to: skills, shifts, load, queues and hand-over."""
