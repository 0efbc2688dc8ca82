"""Benchmarks: ours beside the peers that are installed, in one run, on a display of their own.

`make bench`, or `python -m tests.bench [--quick] [NAME …]`.
"""
