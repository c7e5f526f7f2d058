"""Events of one person as of a day, and the closed set of summaries that turn them into facts."""
