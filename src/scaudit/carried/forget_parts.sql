-- Parameter: table. What is known of its parts is written anew.
delete from made.files where table_name = $1;
