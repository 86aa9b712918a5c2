"""Spreadsheets of other makers in: what each column and label means is proposed, asked where unsure, and then taken."""
