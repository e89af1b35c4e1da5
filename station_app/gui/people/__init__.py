"""The screen of people: the accounts, their secrets, and the audit chain."""
