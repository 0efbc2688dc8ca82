"""邻里屏 (Linli): a community screen that answers back."""

__version__ = "0.1.0"
