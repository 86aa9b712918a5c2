"""What was published: criteria, rules, price methods, and how a criteria workbook is laid out."""
