"""What checks a bundle or a site with nothing but Python: it goes out with them, and shares no code with the rest."""
