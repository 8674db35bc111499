"""`python -m scaudit` is `scaudit`."""

from scaudit.cli import main

main()
