-- The tables of the copy radar are new and made from what is stored, before the next publication.
DELETE FROM meta WHERE name = 'compared_load';
