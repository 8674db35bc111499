-- Parameters: name, base (the side that is given something of the other), factors. Swaps keep the order of trying.
insert into past.swaps select $1, $2, $3, count(*) from past.swaps;
