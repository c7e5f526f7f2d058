"""Pages of docs/ made from the pathway."""
