"""Words, sentences and graphemes of a text, always as spans into it."""
