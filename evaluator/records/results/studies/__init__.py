"""What studies of a finished evaluation found."""
