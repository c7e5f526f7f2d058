"""Records in: FHIR R4 resources read into one shape of events."""
