"""What is printed: a poster for each place, the paper form, the receipt slip."""

from kiosk.prints.sheet import Paper, Sheet, Tongue

__all__ = ["Paper", "Sheet", "Tongue"]
