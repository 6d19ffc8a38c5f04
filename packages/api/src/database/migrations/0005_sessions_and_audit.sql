-- Sessions know how they began and when they end unused; what people do to rights leaves a trace
-- that nobody can change.

-- Organisations whose people and entries the viewer keeps in order.
create function viewer_managed_organisation_ids() returns uuid[]
  language sql stable parallel safe
  return coalesce(nullif(current_setting('viewer.managed_organisation_ids', true), '')::uuid[], '{}');
revoke execute on function viewer_managed_organisation_ids() from public;
grant execute on function viewer_managed_organisation_ids() to netzwerkdiakonie_app;

-- Nobody stays signed in over this change: sessions of before know no idle limit.
delete from auth_session;
alter table auth_session
  add column method text not null,
  add column device_name text not null default '',
  add column is_shared_device boolean not null default false,
  add column signed_in_on date not null default current_date,
  add column idle_expires_at timestamptz not null;
alter table auth_session add constraint auth_session_method_check
  check (method in ('PASSWORD', 'PIN', 'PASSKEY', 'SINGLE_SIGN_ON'));

create table audit_entry (
  id uuid not null default gen_random_uuid(),
  organisation_id uuid not null,
  position int not null,
  actor_id uuid null,
  action text not null,
  subject text null,
  details jsonb null,
  occurred_on date not null default current_date,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (id)
);
alter table audit_entry add constraint audit_entry_organisation_id_position_unique unique (organisation_id, position);
alter table audit_entry add constraint audit_entry_organisation_id_foreign foreign key (organisation_id) references organisation (id);

alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy owner_all on audit_entry to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_managed on audit_entry for select
  using (organisation_id = any((select viewer_managed_organisation_ids())::uuid[]));
create policy insert_own_act on audit_entry for insert
  with check ((select viewer_kind()) is not null and (actor_id = (select viewer_actor_id()) or (actor_id is null and (select viewer_actor_id()) is null)));
grant select, insert on audit_entry to netzwerkdiakonie_app;

-- What the hash of an entry covers: all that it says, and the hash before it.
create function audit_hash(entry audit_entry) returns bytea
  language sql stable
  return sha256(entry.previous_hash || convert_to(jsonb_build_array(
    entry.id, entry.organisation_id, entry.position, entry.actor_id, entry.action, entry.subject,
    entry.details, entry.occurred_on)::text, 'UTF8'));

-- Entries of one organisation form a chain: each waits for the one before it.
create function append_audit_entry() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last audit_entry;
begin
  perform from organisation where organisation.id = new.organisation_id for no key update;
  select * into last from audit_entry
    where audit_entry.organisation_id = new.organisation_id order by position desc limit 1;
  new.position := coalesce(last.position, 0) + 1;
  new.previous_hash := coalesce(last.hash, ''::bytea);
  new.occurred_on := current_date;
  new.hash := audit_hash(new);
  return new;
end $$;

create trigger append_audit_entry before insert on audit_entry
  for each row execute function append_audit_entry();

-- Not even the owner changes what was written, unless somebody takes this trigger away first.
create function refuse_change() returns trigger
  language plpgsql as $$
begin
  raise exception 'Entries of the audit log are never changed';
end $$;

create trigger keep_audit_entry before update or delete on audit_entry
  for each row execute function refuse_change();

revoke execute on function audit_hash(audit_entry), append_audit_entry(), refuse_change() from public;

-- Sessions end when they are not used for a while. Only the end is stored, never the last use itself.
drop function find_session(bytea);
create function find_session(presented_hash bytea)
  returns table (
    session_id uuid, account_id uuid, user_name text, organisation_id uuid,
    role_assignments jsonb, organisation_ids uuid[], association_ids uuid[]
  )
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select auth_session.id, account.id, account.user_name, auth_session.organisation_id,
    assigned.role_assignments, assigned.organisation_ids, associations_of(assigned.organisation_ids)
  from auth_session
  join account on account.id = auth_session.account_id
  join lateral (
    select jsonb_agg(jsonb_build_object('organisationId', role_assignment.organisation_id, 'role', role)
        order by role_assignment.organisation_id) as role_assignments,
      array_agg(role_assignment.organisation_id) as organisation_ids
    from role_assignment where role_assignment.account_id = account.id
  ) assigned on auth_session.organisation_id = any(assigned.organisation_ids)
  where auth_session.token_hash = presented_hash
    and auth_session.expires_at > now() and auth_session.idle_expires_at > now();
end;
revoke execute on function find_session(bytea) from public;
grant execute on function find_session(bytea) to netzwerkdiakonie_app;
