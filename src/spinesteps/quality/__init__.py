"""What checks a pathway: lint, laws proved over everybody, planted faults and example patients."""
