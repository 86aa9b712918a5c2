"""Every rule counted again from the awards alone, and small problems enumerated whole."""
