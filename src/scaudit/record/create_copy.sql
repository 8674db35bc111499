create table {copy} ({columns}, _row bigint)
