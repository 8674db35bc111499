-- What a comparison of two runs finds, in a database of its own beside theirs, `former` and `latter`.
create schema if not exists past;
create or replace table past.changes (
    table_name varchar, "key" varchar, first_part varchar, change varchar, columns varchar[], replaces varchar,
    loaded_from boolean, loaded_to boolean, reasons varchar[], file varchar, "row" bigint, unread bigint
);
create or replace table past.cells (table_name varchar, "key" varchar, column_name varchar, was varchar, "now" varchar);
