-- What a transaction knows of its viewer. The settings are local to the transaction; without them
-- nothing is visible. See docs/decisions/0003.

create function viewer_kind() returns text
  language sql stable parallel safe
  return nullif(current_setting('viewer.kind', true), '');

create function viewer_actor_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('viewer.actor_id', true), '')::uuid;

create function viewer_organisation_ids() returns uuid[]
  language sql stable parallel safe
  return coalesce(nullif(current_setting('viewer.organisation_ids', true), '')::uuid[], '{}');

create function viewer_association_ids() returns uuid[]
  language sql stable parallel safe
  return coalesce(nullif(current_setting('viewer.association_ids', true), '')::uuid[], '{}');

-- Shared by all replicas: seals cursors. Only its owner and find_instance_secret() read it.
create table instance (
  only_row boolean primary key default true check (only_row),
  secret bytea not null,
  -- Set once demo content was offered to this database, so that it never comes back by itself.
  demo_content_loaded_on date null
);
alter table instance enable row level security;
alter table instance force row level security;
create policy owner_all on instance to netzwerkdiakonie_owner using (true) with check (true);

insert into instance (secret)
  values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
