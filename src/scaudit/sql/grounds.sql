-- The rows of one input table that were scored.
select {columns} from clean.{table} order by {order};
