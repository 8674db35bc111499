-- The place in which a portion is scored.
create schema clean;
