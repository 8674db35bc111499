"""From result tables to a frozen view model, to HTML, to PDF and JSON. Knows nothing of the database."""
