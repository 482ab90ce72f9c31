"""Clients that other projects keep, each asked in a process of its own that can be ended."""
