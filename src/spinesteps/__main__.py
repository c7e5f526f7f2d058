"""`python -m spinesteps`: the command line."""

from spinesteps.cli.app import main

main()
