-- What reads a cell of the table that stands as in the files, or one that is read already.
create or replace macro {reader}(cell) as {kind}(cell, {marks}, null)
