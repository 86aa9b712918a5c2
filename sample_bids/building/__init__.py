"""How the synthetic bids are made: organisations, offers, marks, reasons, planted features and planted mistakes."""
