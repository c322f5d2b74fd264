-- how long a visitor may change a message is a setting like the others, which the widget reads too
update inboxes
set settings = settings || jsonb_build_object('editMinutes', least(10080, ceil(extract(epoch from edit_window) / 60)::int))
where edit_window <> interval '15 minutes';
alter table inboxes drop column edit_window;
