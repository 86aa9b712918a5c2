"""What goes out after a decision: letters, the disclosure pack and the release, each into the programme’s folder."""
