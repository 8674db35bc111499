-- What a cube counts, straight into its table.
create or replace table {cube} as
{query}
