"""A model in other formats: LaTeX to read, JavaScript to run, and a page that runs it."""
