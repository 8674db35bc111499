-- Lets go of the results that were published last.
detach published;
