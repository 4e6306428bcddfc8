"""What may be asked of ratings, dialogues, lessons and exams."""
