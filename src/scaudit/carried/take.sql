-- Parameters: table, files. Which files of a table are taken over.
insert into made.taken select $1, unnest($2);
