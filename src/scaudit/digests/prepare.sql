-- Numbers that stand for rows, by item, kind of row and table; of many rows all numbers in one, whatever their order.
create or replace temp table told (item_id varchar, use varchar, part varchar, number uhugeint, many bigint);
