"""``python -m bordermap`` is the command line."""

from bordermap.cli import main

main()
