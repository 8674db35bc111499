-- All lines of the ledger of deliveries, the oldest first.
select * from deliveries order by "number", delivery_id, document_id;
