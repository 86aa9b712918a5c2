"""What several documents share: pages, figures, charts, a bid's row, where numbers came from."""
