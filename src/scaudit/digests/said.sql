-- What pages on all items say of each, as a run has kept it, and what that was made of.
select item_id, bodies, programme, told, line, audited, asked, why, substance, made_of from made.said order by item_id;
