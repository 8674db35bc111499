-- Whether a key of the results that were published last stands in no row of the table now: mostly none does.
select exists (
    select {key} from {was} where {first_key} is not null
    except
    select {key} from {raw}
);
