"""What does `python -m fourfold` run? The library's own commands."""

from fourfold.cli import main

main()
