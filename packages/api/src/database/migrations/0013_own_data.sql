-- What a person contributed stays theirs to read, also where the one who asked has narrowed the
-- problem since: the row policies of answers know organisations only.

create function find_contributions_of_viewer()
  returns table (kind text, title text, body text, organisation_name text, written_on date)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select 'PROBLEM', problem.title, problem.body, organisation.name, problem.published_at::date
  from problem join organisation on organisation.id = problem.organisation_id
  where problem.author_id = viewer_actor_id()
  union all
  select 'SOLUTION', solution.title, solution.body, organisation.name, solution.published_at::date
  from solution join organisation on organisation.id = solution.organisation_id
  where solution.author_id = viewer_actor_id()
  union all
  select 'ANSWER', '', answer.body, organisation.name, answer.created_at::date
  from answer join organisation on organisation.id = answer.answering_organisation_id
  where answer.author_id = viewer_actor_id()
  order by 5, 1, 2;
end;

-- The log tells managers who changed rights; a person may see what it says of them.
create function find_acts_of_viewer()
  returns table (action text, organisation_name text, occurred_on date)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select audit_entry.action, organisation.name, audit_entry.occurred_on
  from audit_entry join organisation on organisation.id = audit_entry.organisation_id
  where audit_entry.actor_id = viewer_actor_id()
  order by audit_entry.occurred_on, organisation.name, audit_entry.position;
end;

revoke execute on function find_contributions_of_viewer(), find_acts_of_viewer() from public;
grant execute on function find_contributions_of_viewer(), find_acts_of_viewer() to netzwerkdiakonie_app;

-- A card is about a person: they may read that there is one.
create policy read_own on access_card for select
  using (account_id = (select viewer_actor_id()));

-- A key counts for a day; nobody may keep what it tells about who sent what when.
create function delete_old_idempotency_records() returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  delete from idempotency_record where created_at < now() - interval '24 hours';
end;
revoke execute on function delete_old_idempotency_records() from public;
grant execute on function delete_old_idempotency_records() to netzwerkdiakonie_app;
