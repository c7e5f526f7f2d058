"""The medicine: declarations and data files only. No functions, no branches, no loops (tests/house holds this)."""
