-- On which pages of a site a contact was last, as far as its inbox tracks that; written by visit_page.sql only.
create table contact_pages (
  id uuid primary key default uuid_v7(),
  workspace_id uuid not null references workspaces,
  contact_id uuid not null references contacts on delete cascade,
  -- without query and fragment, where addresses carry secrets
  url text not null constraint contact_pages_url_length check (length(url) <= 2000),
  title text not null constraint contact_pages_title_length check (length(title) <= 200),
  seen_at timestamptz not null default now()
);
create index contact_pages_contact on contact_pages (contact_id, id desc);

-- this one takes the page, too
drop function if exists set_presence(uuid, text, uuid, text, uuid[]);
