"""Facts, thresholds, conditions and how they are judged. Knows no medicine."""
