"""The program that drives a screen; the only package that knows pygame."""
