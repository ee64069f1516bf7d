"""A model in other people's formats: JavaScript, and a page that runs it."""
