-- How often something may be tried, shared by all instances. Only keyed hashes of user names and
-- addresses are kept, and nothing for longer than it counts.

create table attempt_budget (
  hash bytea not null,
  taken_at timestamptz[] not null,
  expires_at timestamptz not null,
  primary key (hash)
);
create index attempt_budget_expires_at_index on attempt_budget (expires_at);
alter table attempt_budget enable row level security;
alter table attempt_budget force row level security;
create policy owner_all on attempt_budget to netzwerkdiakonie_owner using (true) with check (true);

-- Takes one attempt, unless so many were taken in the seconds before. Gives 0, or in how many
-- seconds the next may be taken. Calls at the same moment wait for each other's row.
create function take_attempt(budget_hash bytea, budget_limit int, per_seconds int) returns int
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  span constant interval := make_interval(secs => per_seconds);
  counting timestamptz[];
begin
  -- Again where the row is removed in this very moment.
  loop
    insert into attempt_budget (hash, taken_at, expires_at) values (budget_hash, '{}', clock_timestamp())
      on conflict (hash) do nothing;
    select array(select taken from unnest(taken_at) taken
        where taken > clock_timestamp() - span order by taken)
      into counting from attempt_budget where hash = budget_hash for update;
    exit when found;
  end loop;
  if cardinality(counting) >= budget_limit then
    return greatest(1, ceil(extract(epoch from
      counting[cardinality(counting) - budget_limit + 1] + span - clock_timestamp())));
  end if;
  update attempt_budget
    set taken_at = counting || clock_timestamp(), expires_at = clock_timestamp() + span
    where hash = budget_hash;
  return 0;
end $$;

-- Gives the newest attempt back: it was right, or was not made after all. Who signs in at once
-- leaves no trace.
create function give_attempt_back(budget_hash bytea) returns void
  language sql security definer set search_path = public, pg_temp
begin atomic
  update attempt_budget set taken_at = trim_array(taken_at, 1)
  where hash = budget_hash and cardinality(taken_at) > 0;
  delete from attempt_budget where hash = budget_hash and cardinality(taken_at) = 0;
end;

revoke execute on function take_attempt(bytea, int, int), give_attempt_back(bytea) from public;
grant execute on function take_attempt(bytea, int, int), give_attempt_back(bytea) to netzwerkdiakonie_app;

-- Use moves the idle end of a session on, but only once a tenth of the span is over: the end tells
-- when somebody was here no better than that, and most requests write nothing.
create function keep_session(presented_hash bytea, own_seconds int, shared_seconds int) returns void
  language sql security definer set search_path = public, pg_temp
begin atomic
  update auth_session
  set idle_expires_at = least(expires_at, now() + span.idle)
  from (values (false, make_interval(secs => own_seconds)), (true, make_interval(secs => shared_seconds)))
    as span (shared, idle)
  where token_hash = presented_hash and is_shared_device = span.shared
    and expires_at > now() and idle_expires_at > now()
    and idle_expires_at < least(expires_at, now() + span.idle * 0.9);
end;

-- What is over goes. The product calls these every hour.
create function delete_ended_sessions() returns void
  language sql security definer set search_path = public, pg_temp
begin atomic
  delete from auth_session
  where expires_at <= now() or idle_expires_at <= now()
    or not exists (
      select from role_assignment where role_assignment.account_id = auth_session.account_id);
end;

create function delete_ended_attempts() returns void
  language sql security definer set search_path = public, pg_temp
begin atomic
  delete from attempt_budget where expires_at <= now();
end;

revoke execute on function
  keep_session(bytea, int, int), delete_ended_sessions(), delete_ended_attempts() from public;
grant execute on function
  keep_session(bytea, int, int), delete_ended_sessions(), delete_ended_attempts()
  to netzwerkdiakonie_app;

-- People change their own password, and nothing else of an account.
create policy change_own_password on account for update
  using (id = (select viewer_actor_id())) with check (id = (select viewer_actor_id()));
grant update (password_hash) on account to netzwerkdiakonie_app;
