"""The command line: names, flags and JSON keys are a contract that stays."""

from bordermap.cli.app import main

__all__ = ["main"]
