-- How agents prove who they are: tables of the sign-in library (better-auth), apart from ours because it
-- writes them itself. A user and the agent made with it have the same id.

create schema sign_in;

create table sign_in."user" (
  id uuid primary key default uuid_v7(),
  name text not null,
  email text not null constraint user_email_unique unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table sign_in.session (
  id uuid primary key default uuid_v7(),
  user_id uuid not null references sign_in."user" on delete cascade,
  token text not null constraint session_token_unique unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index session_by_user on sign_in.session (user_id);

-- one way to sign in of one user; the password is a hash
create table sign_in.account (
  id uuid primary key default uuid_v7(),
  user_id uuid not null references sign_in."user" on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint account_provider_unique unique (provider_id, account_id)
);
create index account_by_user on sign_in.account (user_id);

-- tokens of one-time links
create table sign_in.verification (
  id uuid primary key default uuid_v7(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on sign_in.verification (identifier);

-- no policy: nobody's but the API's
alter table sign_in."user" enable row level security;
alter table sign_in.session enable row level security;
alter table sign_in.account enable row level security;
alter table sign_in.verification enable row level security;
