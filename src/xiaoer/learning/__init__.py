"""What dissatisfied buyers teach: ratings, unsatisfied dialogues, hints, lessons, exams."""
