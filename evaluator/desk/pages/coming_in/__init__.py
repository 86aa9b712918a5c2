"""What comes in: files that wait, are looked at and filed, and spreadsheets in any layout that are imported."""
