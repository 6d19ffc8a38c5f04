// Who reads and writes the rows of each table, as SQL over the row, written down apart from the row
// policies. A table that the app's login reaches and that has no line here fails the matrix.

/**
 * $1 the account or token of the viewer, $2 organisations in which it has a role, $3 those that it keeps
 * in order, $4 the objects of the matrix that it may see, $5 those that were reported and that it decides
 * about, by the oracle.
 */
export interface RowRules {
  select: string
  insert?: string
  update?: string
  /** What an update says, where not everything may be said. */
  set?: string
  delete?: string
}

const self = 'account_id = $1'
const actor = 'actor_id = $1'
const own = 'organisation_id = any($2)'
const managed = 'organisation_id = any($3)'

/** An editor gives any role but that of an executive. */
const assigns = `${managed} and (role <> 'EXECUTIVE' or exists (select from role_assignment held
  where held.account_id = $1 and held.organisation_id = role_assignment.organisation_id
    and held.role = 'EXECUTIVE'))`
const decidesClaims = `organisation_id in (select current.organisation_id
  from current_membership current where current.association_id = any($3))`

const onCase = 'notice_id in (select id from notice where entry_id = any($5))'

const mediated = `select pseudonym.id from pseudonym join mediator
  on mediator.association_id = pseudonym.mediating_association_id where mediator.account_id = $1`

/** The viewer's associations: what others belong to, or are led by. */
const editedAssociations = `select edited.id from organisation edited where edited.id = any($3)
  and (edited.kind like '%-association' or edited.kind = 'umbrella')`

/** What happened often enough in a week that it tells of nobody. */
const missed = `exists (${editedAssociations})
  and (no_hit_count > 2 or search_count > 2 and opened_count = 0)`

const ofAssociation: RowRules = {
  select: 'true',
  insert: `association_id in (${editedAssociations})`,
  delete: 'association_id = any($3)',
}

const version: RowRules = {
  // The first wording was for its own organisation alone, but where somebody asked without a name.
  select: `entry_id = any($4) and (number > 1 or visibility <> 'OWN_ORGANISATION' or ${own})`,
  insert: own,
  update: own,
  delete: own,
}

export const rowRules: Record<string, RowRules> = {
  access_card: {
    select: `${managed} or ${self}`,
    insert: `${managed} and account_id in (select account_id from role_assignment assigned
      where assigned.organisation_id = access_card.organisation_id)`,
    update: managed,
  },
  account: {
    select: `id = $1 or id in (select account_id from role_assignment where ${managed})`,
    insert: 'cardinality($3) > 0',
    update: 'id = $1',
    // The hash is written and never read.
    set: `password_hash = 'x'`,
  },
  answer: {
    select: 'id = any($4)',
    insert: 'answering_organisation_id = any($2) and problem_id = any($4)',
    update: `answering_organisation_id = any($2) or ${own}`,
  },
  audit_entry: {
    select: `${managed} or subject = $1::text`,
    insert: 'actor_id is not distinct from $1',
  },
  auth_session: { select: self, insert: self, update: self, delete: self },
  current_membership: { select: 'true' },
  device: {
    select: 'id in (select device_id from device_binding where account_id = $1)',
  },
  device_binding: { select: self, delete: self },
  idempotency_record: { select: actor, insert: actor, delete: actor },
  federated_identity: { select: self },
  hand_over: { select: managed },
  holding_mandate: { select: `${own} or association_id = any($2)` },
  mandate: {
    select: `${own} or association_id = any($2)`,
    insert: `${managed} and exists (select from current_membership current
      where current.organisation_id = mandate.organisation_id
        and current.association_id = mandate.association_id)`,
    update: managed,
    set: 'revoked_on = current_date',
  },
  mediation_message: {
    select: `from_asker and asker_organisation_id = any($2)
      or not from_asker and other_organisation_id = any($2)
      or state = 'RELAYED' and (asker_organisation_id = any($2) or other_organisation_id = any($2))
      or asker_organisation_id in (${mediated})`,
    insert: `not from_asker and other_organisation_id = any($2) and problem_id = any($4)
      or from_asker and asker_organisation_id = any($2)`,
    update: `asker_organisation_id in (${mediated})`,
    set: `state = 'RELAYED'`,
  },
  mediator: {
    select: `association_id = any($3) or association_id in (select current.association_id
      from current_membership current where current.organisation_id = any($2)) or association_id = any($2)`,
    insert: 'association_id = any($3)',
    update: 'association_id = any($3)',
    delete: 'association_id = any($3)',
  },
  membership: { select: 'true' },
  missed_search: { select: missed, update: missed, set: 'dismissed = true' },
  membership_request: {
    select: `${managed} or association_id = any($3)`,
    insert: managed,
    update: `association_id = any($3)`,
    set: `state = 'REFUSED'`,
  },
  notice: {
    select: 'entry_id = any($5)',
    insert: `entry_id = any($4) and entry_id in (
      select id from problem where state = 'PUBLISHED'
      union select id from solution where state = 'PUBLISHED')`,
  },
  notice_decision: { select: `${own} or ${onCase}` },
  notice_objection: { select: `side = 'OWNER' and ${own} or ${onCase}` },
  organisation: {
    // A pseudonym is there for whoever sees what it asked, its own people and its mediator.
    select: `not is_pseudonym or id = any($2) or id in (${mediated})
      or id in (select organisation_id from problem where problem.id = any($4))`,
    insert: 'is_pseudonym and id = any($2)',
    update: 'id = any($3)',
  },
  organisation_claim: {
    select: decidesClaims,
    // Anybody may say so of an organisation that nobody has taken over.
    insert: 'organisation_id in (select id from organisation where not claimed)',
    update: decidesClaims,
    set: `state = 'REFUSED', claimant_name = null, claimant_role = null, claimant_contact = null`,
  },
  organisation_unit: { select: 'true', insert: managed, update: managed, delete: managed },
  passkey: { select: self, insert: self, update: self, delete: self },
  problem: { select: 'id = any($4)', insert: own, update: own },
  problem_version: version,
  pseudonym: { select: `${own} or id in (${mediated})`, insert: own, update: own },
  role_assignment: { select: `${self} or ${managed}`, insert: assigns, update: assigns },
  saved_search: { select: self, insert: self, update: self, delete: self },
  // Found is what is published, own entries too; nobody but the triggers writes.
  search_entry: {
    select: `kind = 'ORGANISATION' or id = any($4) and id in (
      select id from problem where state = 'PUBLISHED'
      union all select id from solution where state = 'PUBLISHED'
      union all select id from answer where state = 'PUBLISHED' and not withdrawn and not locked)`,
  },
  search_invitation: ofAssociation,
  search_statistics: { select: 'false' },
  search_term: { select: 'false' },
  same_here: { select: own, insert: `${own} and problem_id = any($4)`, delete: own },
  solution: { select: 'id = any($4)', insert: own, update: own },
  solution_version: version,
  synonym_group: ofAssociation,
}

/**
 * Rows about persons, two of everything: of people of the owner and of the stranger. What these tables
 * say is for the persons, or for who keeps their organisation in order.
 */
export const privateRows = `
  create temporary table insider on commit drop as
    select distinct on (organisation.code) account_id, organisation_id, organisation.code
    from role_assignment join organisation on organisation.id = organisation_id
    where (organisation.code, role) in (('owner', 'PRACTITIONER'), ('stranger', 'PRACTITIONER'))
      and account_id not in (select account_id from role_assignment
        group by account_id having count(*) > 1)
      and exists (select from auth_session where auth_session.account_id = role_assignment.account_id)
    order by organisation.code, account_id;
  insert into access_card (account_id, organisation_id, code_hash, expires_on)
    select account_id, organisation_id, sha256(convert_to(code, 'UTF8')), current_date + 9 from insider;
  insert into device (token_hash) select sha256(convert_to(code, 'UTF8')) from insider;
  insert into device_binding (device_id, account_id, organisation_id, pin_hash)
    select device.id, account_id, organisation_id, 'x'
    from insider join device on token_hash = sha256(convert_to(code, 'UTF8'));
  insert into passkey (account_id, credential_id, public_key, transports, can_sync, is_synced,
      relying_party_id, name)
    select account_id, sha256(convert_to(code, 'UTF8')), 'x', '{}', true, true, 'localhost', 'x'
    from insider;
  insert into idempotency_record (actor_id, key, request_hash, result_id)
    select account_id, 'x', 'x', gen_random_uuid() from insider;
  insert into audit_entry (organisation_id, position, actor_id, action, subject, previous_hash, hash)
    select organisation_id, 0, account_id, 'TESTED', account_id, '', '' from insider;
  insert into same_here (problem_id, organisation_id)
    select problem.id, organisation.id from problem, organisation
    where organisation.code = 'neighbour' and problem.visibility = 'PUBLIC';
  insert into single_sign_on (organisation_id, issuer, client_id, sealed_client_secret, domains, mapping)
    select organisation_id, code, 'x', 'x', '{}', '{}' from insider;
  insert into federated_identity (single_sign_on_id, subject, account_id)
    select single_sign_on.id, 'x', account_id from single_sign_on join insider using (organisation_id);
  insert into organisation_unit (organisation_id, name, kind)
    select organisation_id, 'Haus', 'INSTITUTION' from insider;
  insert into hand_over (organisation_id, problem_id)
    select insider.organisation_id, problem.id
    from insider join problem on problem.organisation_id = insider.organisation_id;
  insert into organisation_claim (organisation_id, reference, secret_hash)
    select id, code, sha256(convert_to(code, 'UTF8'))
    from organisation where code in ('unclaimed', 'owner');
  insert into membership_request (organisation_id, association_id)
    select organisation_id, organisation.id from insider, organisation
    where insider.code = 'stranger' and organisation.code = 'association';
  insert into mandate (organisation_id, association_id, last_day, revoked_on)
    select organisation_id, association_id, current_date + 9, current_date
    from insider join current_membership using (organisation_id);
  insert into mediation_message (problem_id, asker_organisation_id, other_organisation_id, body, from_asker)
    select problem.id, pseudonym.id, insider.organisation_id, 'x', from_asker
    from problem join pseudonym on pseudonym.id = problem.organisation_id,
      insider, (values (true), (false)) letters (from_asker)
    where insider.code = 'stranger' and pseudonym.organisation_id <> insider.organisation_id
    order by problem.id limit 2;
  insert into saved_search (account_id, name, query) select account_id, code, 'x' from insider;
  -- Not often enough; without a hit; with hits that nobody opened, and that somebody did.
  insert into missed_search (query, week, search_count, no_hit_count, opened_count)
    select query, date_trunc('week', current_date), searches, missed, opened
    from (values ('selten', 2, 2, 0), ('nie', 3, 3, 0), ('übersehen', 4, 1, 0), ('geöffnet', 4, 1, 1))
      counted (query, searches, missed, opened);
  -- Those of no association are what must not happen: nobody could write them.
  insert into synonym_group (terms, association_id)
    select array[code, 'x'], id from organisation
    where code in ('association', 'other-association', 'owner', 'stranger');
  insert into search_invitation (topic, association_id)
    select code, id from organisation
    where code in ('association', 'other-association', 'owner', 'stranger');
  -- Deciding would close the cases; these are about some that stay open.
  set local session_replication_role = replica;
  insert into notice_decision (notice_id, reference, kind, entry_id, notice_reason, organisation_id,
      position, decision, reason, rule)
    select notice.id, reference, kind, entry_id, notice.reason, organisation_id, 1, 'NO_ACTION', 'x', 'x'
    from notice where kind = 'SOLUTION' and not exists (
      select from solution where solution.id = entry_id and state = 'LOCKED');
  insert into notice_objection (notice_id, organisation_id, side, text)
    select id, organisation_id, side, 'x'
    from notice, (values ('OWNER'), ('REPORTER')) sides (side) where kind = 'SOLUTION'`
