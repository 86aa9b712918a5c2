"""The words that checks look for, in criteria and in reasons, as the data files hold them."""
