-- What the results say of items that are scored anew, or are no more.
delete from {table} where {column} not in (select {column} from standing);
