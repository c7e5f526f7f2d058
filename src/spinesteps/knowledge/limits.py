"""The named numbers of thresholds.toml."""

from pathlib import Path

from spinesteps.logic.thresholds import read_thresholds

HERE = Path(__file__).parent
LIMITS = read_thresholds(HERE / "thresholds.toml")
