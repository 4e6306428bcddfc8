"""How ratings, dialogues, lessons and exams are kept."""
