-- Conversations from before 0048 get the pieces of their buyers' names too: the program walks through them in small
-- steps (Chinese is folded there), and this is how far it has come. A later walk has nothing to do.
create table conversations.name_walk (
    tenant  uuid        not null primary key,
    reached uuid,                      -- the last conversation that was looked at; null before the first
    done_at timestamptz                -- null while there may be more
);
comment on table conversations.name_walk is 'How far the names of old conversations'' buyers are kept for searching.';
select plumbing.isolate('conversations.name_walk');
