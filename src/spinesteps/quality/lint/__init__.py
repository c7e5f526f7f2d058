"""Everything wrong with a pathway, told at once."""
