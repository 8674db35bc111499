-- Parameters: the columns of what is said of items.
insert into made.said
select
    unnest($1), unnest($2::varchar[][]), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7),
    unnest($8::varchar[][]), unnest($9), unnest($10);
