"""What the site is made of that no person writes: equations, tables, commands, pictures."""
