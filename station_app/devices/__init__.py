"""Hardware behind two Protocols, `Camera` and (with its own issue) `Plc`. No verdicts, no database, no Qt."""
