"""What is shown beside the rules, as data: claims, answers, decision aids, programme, tables of drugs and codes."""
