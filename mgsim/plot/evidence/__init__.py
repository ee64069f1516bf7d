"""The report of evidence as one page: pictures, tables and what has to be known to read them."""
