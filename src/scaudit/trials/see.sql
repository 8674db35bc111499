-- An input table of the audit, as a trial sees it.
create view clean.{table} as select * from {home}.clean.{table};
