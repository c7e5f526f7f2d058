"""What a pathway is made of: rules, evidence, words and where it is used; and the pathway as of a day."""
