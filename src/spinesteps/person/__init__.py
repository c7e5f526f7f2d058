"""One person: record, decision, questions, plan, and the assessment made of them."""
