"""What leaves the records for people: tables, workbooks, evidence packs. Read-only."""
