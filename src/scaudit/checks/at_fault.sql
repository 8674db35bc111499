-- The tables that have rows with a fault.
select distinct table_name from fault;
