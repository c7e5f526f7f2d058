"""Standards and payers' policies: what is declared, and how one record is judged by it."""
