"""What every GenICam camera shares, whoever carries its bytes: a vendor's SDK, a GenTL producer, or no SDK at all."""
