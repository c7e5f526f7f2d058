"""SpineSteps: one open, cited care pathway for spinal stenosis."""

__version__ = "0.1.0"
