"""The tests at other versions than the pinned ones, each verified to be what was installed."""
