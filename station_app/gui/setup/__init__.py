"""The set-up screen: cameras as they see now, against how they saw when they were set up."""
