-- What a person asked without a name is theirs to read, too: the author stands with the pseudonym alone.
create or replace function find_contributions_of_viewer()
  returns table (kind text, title text, body text, organisation_name text, written_on date)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select 'PROBLEM', problem.title, problem.body, organisation.name, problem.published_at::date
  from problem join organisation on organisation.id = problem.organisation_id
  where problem.author_id = viewer_actor_id()
  union all
  select 'PROBLEM', problem.title, problem.body, organisation.name, problem.published_at::date
  from pseudonym
  join problem on problem.organisation_id = pseudonym.id
  join organisation on organisation.id = pseudonym.organisation_id
  where pseudonym.author_id = viewer_actor_id()
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
