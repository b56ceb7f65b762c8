"""What a workshop turns into: the plan, and its renderings as diagram, report, decision records and project."""
