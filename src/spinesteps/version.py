"""The version of the software. The version of the knowledge is the pathway's own."""

__version__ = "0.1.0"
