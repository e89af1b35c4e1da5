"""What other thresholds would have done to this plant's own parts, and a draft of a recipe that has them."""
