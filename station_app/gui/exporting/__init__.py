"""What leaves the records at the screen: chosen, written off the GUI thread, noted in the audit chain, then named."""
