-- The criteria of the chosen items.
create table chosen.criterion_id as
select criteria.criterion_id from whole.clean.criteria as criteria semi join chosen.item_id using (item_id);
