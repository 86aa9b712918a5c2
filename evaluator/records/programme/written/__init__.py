"""How criteria are written down: tables and keys of TOML files, cells of the workbook, the words of both."""
