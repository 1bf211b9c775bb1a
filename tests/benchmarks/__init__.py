"""Measurements of time, run by hand: ``python -m tests.benchmarks.startup`` and ``python -m tests.benchmarks.warm``."""
