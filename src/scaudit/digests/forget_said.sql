-- Parameter: items of which what is said stays. What is said of the others goes.
create table if not exists made.said (
    item_id varchar, bodies varchar[], programme varchar, told varchar, line varchar, audited varchar, asked varchar,
    why varchar[], substance varchar, made_of varchar
);
delete from made.said where item_id not in (select unnest($1));
