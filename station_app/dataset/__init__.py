"""From the records that stations have sent to a frozen dataset that the usual libraries open unchanged."""
