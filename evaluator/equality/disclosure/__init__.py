"""What the public edition may print: bands chosen by a published rule, held against every reading of all editions."""
