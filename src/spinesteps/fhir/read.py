"""The doors for records in FHIR R4: a Bundle, or a folder of NDJSON files."""

from __future__ import annotations

from spinesteps.fhir.bundle import read_bundle, read_bundle_file
from spinesteps.fhir.folder import read_everyone, read_folder

__all__ = ["read_bundle", "read_bundle_file", "read_everyone", "read_folder"]
