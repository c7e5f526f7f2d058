"""Readers of one tree: a reference, a compiled form, trials of many answers, a solver, columns of a table."""
