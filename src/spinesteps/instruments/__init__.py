"""Questionnaires, walking tests and grades as data, one scorer for all of them, and change between two times."""
