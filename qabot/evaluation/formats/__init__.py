"""One file a format of question sets: each makes a ``QuestionSet`` of a text, what can't be used named in its ``problems``."""
