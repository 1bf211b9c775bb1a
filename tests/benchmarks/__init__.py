"""Measurements that are run by hand, ``python -m tests.benchmarks.startup`` and the like: time, memory, quality beside others."""
