"""Measuring a Bot against a question set: what was asked, how right it was, how sure it was."""
