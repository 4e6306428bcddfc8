-- How words were found before they were found in slices; kept for programs of the versions before, which are gone now.

-- squawk-ignore ban-drop-function
drop function conversations.found(uuid, text[], timestamptz, uuid, integer);
-- squawk-ignore ban-drop-function
drop function conversations.found(uuid, text[], timestamptz, uuid, bigint, uuid, integer);
-- squawk-ignore ban-drop-function
drop function conversations.found_lately(uuid, text[], timestamptz, integer, integer);
