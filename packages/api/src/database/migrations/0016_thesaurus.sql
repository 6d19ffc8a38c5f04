-- Searches that people keep; what was searched for and not found; words that mean the same; what the
-- network looks for. See docs/decisions/0021.

create table saved_search (
  id uuid not null default gen_random_uuid(),
  account_id uuid not null,
  name text not null,
  query text not null,
  kinds text[] not null default '{}',
  fields_of_work text[] not null default '{}',
  competences text[] not null default '{}',
  tool_categories text[] not null default '{}',
  umbrellas text[] not null default '{}',
  updated_since date null,
  primary key (id)
);
create index saved_search_account_id_index on saved_search (account_id);
alter table saved_search add constraint saved_search_account_id_foreign
  foreign key (account_id) references account (id) on delete cascade;

alter table saved_search enable row level security;
alter table saved_search force row level security;
create policy owner_all on saved_search to netzwerkdiakonie_owner
  using (true) with check (true);
create policy own on saved_search
  using (account_id = (select viewer_actor_id()))
  with check (account_id = (select viewer_actor_id()));
grant select, insert, delete on saved_search to netzwerkdiakonie_app;
grant update (name) on saved_search to netzwerkdiakonie_app;

-- Words and week, and nothing about who searched: no person, session or address, nothing finer than
-- the week. What happened less than three times in a week (missedSearchThreshold) shows to nobody.

create table missed_search (
  id uuid not null default gen_random_uuid(),
  query text not null,
  week date not null,
  search_count int not null default 0,
  no_hit_count int not null default 0,
  opened_count int not null default 0,
  dismissed boolean not null default false,
  primary key (id)
);
alter table missed_search add constraint missed_search_query_week_unique unique (query, week);
alter table missed_search add constraint missed_search_query
  check (length(query) >= 3 and length(query) <= 100);
alter table missed_search add constraint missed_search_counts
  check (no_hit_count >= 0 and no_hit_count <= search_count and opened_count >= 0 and opened_count <= search_count);

alter table missed_search enable row level security;
alter table missed_search force row level security;
create policy owner_all on missed_search to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_missed on missed_search for select
  using ((no_hit_count >= 3 or (search_count >= 3 and opened_count = 0)) and exists (select organisation.id from organisation
  where organisation.id = any((select viewer_managed_organisation_ids())::uuid[])
    and organisation.kind in ('regional-association', 'specialist-association', 'umbrella')));
create policy dismiss_missed on missed_search for update
  using ((no_hit_count >= 3 or (search_count >= 3 and opened_count = 0)) and exists (select organisation.id from organisation
  where organisation.id = any((select viewer_managed_organisation_ids())::uuid[])
    and organisation.kind in ('regional-association', 'specialist-association', 'umbrella')))
  with check (dismissed);
grant select on missed_search to netzwerkdiakonie_app;
grant update (dismissed) on missed_search to netzwerkdiakonie_app;

create table synonym_group (
  id uuid not null default gen_random_uuid(),
  terms text[] not null,
  association_id uuid not null,
  added_on date not null default current_date,
  missed_search_id uuid null,
  primary key (id)
);
create index synonym_group_association_id_index on synonym_group (association_id);
create index synonym_group_missed_search_id_index on synonym_group (missed_search_id);
alter table synonym_group add constraint synonym_group_terms
  check (cardinality(terms) >= 2 and cardinality(terms) <= 8);
alter table synonym_group add constraint synonym_group_association_id_foreign
  foreign key (association_id) references organisation (id) on delete cascade;
alter table synonym_group add constraint synonym_group_missed_search_id_foreign
  foreign key (missed_search_id) references missed_search (id) on delete set null;

alter table synonym_group enable row level security;
alter table synonym_group force row level security;
create policy owner_all on synonym_group to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_all on synonym_group for select
  using ((select viewer_kind()) is not null);
create policy insert_managed on synonym_group for insert
  with check (association_id in (select organisation.id from organisation
  where organisation.id = any((select viewer_managed_organisation_ids())::uuid[])
    and organisation.kind in ('regional-association', 'specialist-association', 'umbrella')));
create policy delete_managed on synonym_group for delete
  using (association_id = any((select viewer_managed_organisation_ids())::uuid[]));
grant select, insert, delete on synonym_group to netzwerkdiakonie_app;

create table search_invitation (
  id uuid not null default gen_random_uuid(),
  topic text not null,
  note text not null default '',
  association_id uuid not null,
  invited_on date not null default current_date,
  primary key (id)
);
create index search_invitation_association_id_index on search_invitation (association_id);
alter table search_invitation add constraint search_invitation_association_id_foreign
  foreign key (association_id) references organisation (id) on delete cascade;

alter table search_invitation enable row level security;
alter table search_invitation force row level security;
create policy owner_all on search_invitation to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_all on search_invitation for select
  using ((select viewer_kind()) is not null);
create policy insert_managed on search_invitation for insert
  with check (association_id in (select organisation.id from organisation
  where organisation.id = any((select viewer_managed_organisation_ids())::uuid[])
    and organisation.kind in ('regional-association', 'specialist-association', 'umbrella')));
create policy delete_managed on search_invitation for delete
  using (association_id = any((select viewer_managed_organisation_ids())::uuid[]));
grant select, insert, delete on search_invitation to netzwerkdiakonie_app;

-- Visitors may write nothing, and nobody may change counts: they grow through these functions alone.

-- Counts one search of this week. The number of a row follows from its words and week, so that it tells
-- nothing beside them, such as what else was searched for before.
create function count_search(searched_for text, had_hits boolean) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into missed_search (id, query, week, search_count, no_hit_count)
    select md5(searched_for || ' ' || monday)::uuid, searched_for, monday, 1,
      case when had_hits then 0 else 1 end
    from (values (date_trunc('week', current_date)::date)) this_week (monday)
    on conflict (query, week) do update
      set search_count = missed_search.search_count + 1,
        no_hit_count = missed_search.no_hit_count + excluded.no_hit_count;
end;

-- Counts that a hit of a search of this week was opened; says whether there was such a search, and one
-- that no hit had been opened for yet. Whether it exists is told to nobody who did not search for it.
create function note_opened_hit(searched_for text) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update missed_search set opened_count = opened_count + 1
    where query = searched_for and week = date_trunc('week', current_date)::date
      and opened_count < search_count;
  return found;
end $$;

-- Weeks that are over change no more: of those, only what is listed stays, for half a year.
create function delete_old_missed_searches() returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  delete from missed_search
    where week < date_trunc('week', current_date)::date
      and (week < date_trunc('week', current_date)::date - 26 * 7
        or dismissed
        or not (no_hit_count >= 3 or (search_count >= 3 and opened_count = 0)));
end;

revoke execute on function
  count_search(text, boolean), note_opened_hit(text), delete_old_missed_searches() from public;
grant execute on function
  count_search(text, boolean), note_opened_hit(text), delete_old_missed_searches()
  to netzwerkdiakonie_app;
