-- The editions of which nobody knows whether they have gone out.
select edition from doubted;
