"""Papers to hand on: a payer packet, a sheet for an emergency department, a letter to the doctor."""
