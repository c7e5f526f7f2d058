"""The commands of `spinesteps`, one module for each family; `main` is the entry point."""

from spinesteps.cli.app import main

__all__ = ["main"]
