-- Row level security, forced from the first table on: the app role sees and writes what these say.

create view current_membership with (security_invoker = true) as
  select organisation_id, association_id
  from membership
  where valid_from <= current_date and (valid_until is null or valid_until > current_date);

alter table account enable row level security;
alter table account force row level security;
create policy owner_all on account to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_own on account for select
  using (id = (select viewer_actor_id()));

alter table idempotency_record enable row level security;
alter table idempotency_record force row level security;
create policy owner_all on idempotency_record to netzwerkdiakonie_owner
  using (true) with check (true);
create policy own on idempotency_record
  using (actor_id = (select viewer_actor_id()))
  with check (actor_id = (select viewer_actor_id()));

alter table organisation enable row level security;
alter table organisation force row level security;
create policy owner_all on organisation to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_directory on organisation for select
  using ((select viewer_kind()) is not null);

alter table membership enable row level security;
alter table membership force row level security;
create policy owner_all on membership to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_directory on membership for select
  using ((select viewer_kind()) is not null);

alter table auth_session enable row level security;
alter table auth_session force row level security;
create policy owner_all on auth_session to netzwerkdiakonie_owner
  using (true) with check (true);
create policy own on auth_session
  using (account_id = (select viewer_actor_id()))
  with check (account_id = (select viewer_actor_id()));

alter table api_token enable row level security;
alter table api_token force row level security;
create policy owner_all on api_token to netzwerkdiakonie_owner
  using (true) with check (true);

alter table problem enable row level security;
alter table problem force row level security;
create policy owner_all on problem to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_visible on problem for select
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]) or (state <> 'IN_REVIEW' and case visibility
    when 'PUBLIC' then (select viewer_kind()) is not null
    when 'ALL_MEMBERS' then (select viewer_kind()) = 'member'
    when 'OWN_ASSOCIATION' then organisation_id = any((select viewer_association_ids())::uuid[])
      or organisation_id in (select current_membership.organisation_id from current_membership
        where association_id = any((select viewer_association_ids())::uuid[]))
    else false
  end));
create policy insert_own on problem for insert
 
  with check (organisation_id = any((select viewer_organisation_ids())::uuid[]));
create policy update_own on problem for update
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]))
  with check (organisation_id = any((select viewer_organisation_ids())::uuid[]));

alter table problem_version enable row level security;
alter table problem_version force row level security;
create policy owner_all on problem_version to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_visible on problem_version for select
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]) or (case visibility
    when 'PUBLIC' then (select viewer_kind()) is not null
    when 'ALL_MEMBERS' then (select viewer_kind()) = 'member'
    when 'OWN_ASSOCIATION' then organisation_id = any((select viewer_association_ids())::uuid[])
      or organisation_id in (select current_membership.organisation_id from current_membership
        where association_id = any((select viewer_association_ids())::uuid[]))
    else false
  end and exists (select from problem entry where entry.id = entry_id)));
create policy insert_own on problem_version for insert
 
  with check (organisation_id = any((select viewer_organisation_ids())::uuid[]));
create policy update_own on problem_version for update
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]))
  with check (organisation_id = any((select viewer_organisation_ids())::uuid[]));
create policy delete_own on problem_version for delete
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]));

alter table role_assignment enable row level security;
alter table role_assignment force row level security;
create policy owner_all on role_assignment to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_own on role_assignment for select
  using (account_id = (select viewer_actor_id()));

alter table same_here enable row level security;
alter table same_here force row level security;
create policy owner_all on same_here to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_own on same_here for select
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]));
create policy insert_own on same_here for insert
 
  with check (organisation_id = any((select viewer_organisation_ids())::uuid[]) and exists (select from problem where problem.id = problem_id));
create policy delete_own on same_here for delete
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]));

alter table solution enable row level security;
alter table solution force row level security;
create policy owner_all on solution to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_visible on solution for select
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]) or (state <> 'IN_REVIEW' and case visibility
    when 'PUBLIC' then (select viewer_kind()) is not null
    when 'ALL_MEMBERS' then (select viewer_kind()) = 'member'
    when 'OWN_ASSOCIATION' then organisation_id = any((select viewer_association_ids())::uuid[])
      or organisation_id in (select current_membership.organisation_id from current_membership
        where association_id = any((select viewer_association_ids())::uuid[]))
    else false
  end));
create policy insert_own on solution for insert
 
  with check (organisation_id = any((select viewer_organisation_ids())::uuid[]));
create policy update_own on solution for update
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]))
  with check (organisation_id = any((select viewer_organisation_ids())::uuid[]));

alter table answer enable row level security;
alter table answer force row level security;
create policy owner_all on answer to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_visible on answer for select
  using (state = 'PUBLISHED' and (organisation_id = any((select viewer_organisation_ids())::uuid[]) or case visibility
    when 'PUBLIC' then (select viewer_kind()) is not null
    when 'ALL_MEMBERS' then (select viewer_kind()) = 'member'
    when 'OWN_ASSOCIATION' then organisation_id = any((select viewer_association_ids())::uuid[])
      or organisation_id in (select current_membership.organisation_id from current_membership
        where association_id = any((select viewer_association_ids())::uuid[]))
    else false
  end));
create policy insert_own on answer for insert
 
  with check (answering_organisation_id = any((select viewer_organisation_ids())::uuid[]) and exists (select from problem where problem.id = problem_id));
create policy update_own_or_asked on answer for update
  using (answering_organisation_id = any((select viewer_organisation_ids())::uuid[]) or organisation_id = any((select viewer_organisation_ids())::uuid[]))
  with check (answering_organisation_id = any((select viewer_organisation_ids())::uuid[]) or organisation_id = any((select viewer_organisation_ids())::uuid[]));

alter table solution_version enable row level security;
alter table solution_version force row level security;
create policy owner_all on solution_version to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_visible on solution_version for select
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]) or (case visibility
    when 'PUBLIC' then (select viewer_kind()) is not null
    when 'ALL_MEMBERS' then (select viewer_kind()) = 'member'
    when 'OWN_ASSOCIATION' then organisation_id = any((select viewer_association_ids())::uuid[])
      or organisation_id in (select current_membership.organisation_id from current_membership
        where association_id = any((select viewer_association_ids())::uuid[]))
    else false
  end and exists (select from solution entry where entry.id = entry_id)));
create policy insert_own on solution_version for insert
 
  with check (organisation_id = any((select viewer_organisation_ids())::uuid[]));
create policy update_own on solution_version for update
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]))
  with check (organisation_id = any((select viewer_organisation_ids())::uuid[]));
create policy delete_own on solution_version for delete
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]));
