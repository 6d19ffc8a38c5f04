-- Organisations describe themselves. Name, kind and umbrella are not theirs to change: they say who is
-- who in the network, and kind decides what an association may do.

alter table organisation
  add column description text not null default '',
  add column website text null,
  add column fields_of_work text[] not null default '{}',
  add column version int not null default 1;
create index organisation_fields_of_work_index on organisation using gin (fields_of_work);

create policy update_managed on organisation for update
  using (id = any((select viewer_managed_organisation_ids())::uuid[]))
  with check (id = any((select viewer_managed_organisation_ids())::uuid[]));
grant update (description, website, fields_of_work, seat, size_class, states, version)
  on organisation to netzwerkdiakonie_app;
